import ArgumentParser
import Messages

extension ArgumentHelp {
  /// What an option is for, in the language that the program speaks now.
  init(
    _ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String, valueName: String? = nil
  ) {
    self.init(says(english(), chinese()), valueName: valueName)
  }
}
