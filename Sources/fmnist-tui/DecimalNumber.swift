import ArgumentParser
import Messages
import NeuralNetwork

/// Reads the number that an option is given, as people write it.
///
/// - Throws: `ValidationError` for what Swift would read too, such as `0x10` and `nan`.
func decimalNumber(_ text: String) throws -> Double {
  guard let number = Double(decimal: text) else {
    throw ValidationError(says("It is no decimal number. Give for example 0.5.", "它不是十进制数。例如用 0.5。"))
  }
  return number
}
