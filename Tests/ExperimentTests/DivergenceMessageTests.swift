import Messages
import Testing

@testable import Experiment

@Suite struct DivergenceMessageTests {
  @Test(
    arguments: [
      ("the training loss", "训练损失", true, 7, 1, "0.5", true),
      ("the training loss", "训练损失", false, 9, 2, "1e+30", false),
    ] as [(String, String, Bool, Int, Int, String, Bool)])
  func itIsToldInTheLanguageOfTheProgramAndKeptInEnglish(
    quantity: String, chinese: String, isNaN: Bool, step: Int, epoch: Int, rate: String, clips: Bool
  ) {
    let message = DivergenceMessage(
      quantity: quantity, isNaN: isNaN, step: step, epoch: epoch, learningRate: rate, suggestsClipping: clips)
    #expect(DivergenceMessage(message.english) == message)
    #expect(DivergenceMessage.told(message.english) == message.english)
    Language.$scoped.withValue(.chinese) {
      let told = DivergenceMessage.told(message.english)
      #expect(
        told
          == "\(chinese)在第 \(epoch) 轮第 \(step) 步变为 \(isNaN ? "NaN" : "∞")；请减小 --lr（现为 \(rate)）"
          + (clips ? "或用 --clip-norm 1" : ""))
    }
  }

  @Test func everyFigureThatCanDivergeIsFoundByItsEnglishName() {
    for figure in Figure.all {
      let english = Language.$scoped.withValue(.english) {
        "the \(figure.title)" + (figure.condition.map { " (\($0))" } ?? "")
      }
      let message = DivergenceMessage(
        quantity: english, isNaN: true, step: 1, epoch: 1, learningRate: "0.5", suggestsClipping: true
      ).english
      Language.$scoped.withValue(.chinese) {
        #expect(DivergenceMessage.told(message).hasPrefix(figure.title))
      }
    }
  }

  @Test(arguments: [
    "", "a run failed", "the training loss became NaN at step x, epoch 1; try a smaller --lr (now 1)",
  ])
  func otherMessagesAreToldAsTheyAre(text: String) {
    #expect(Language.$scoped.withValue(.chinese) { DivergenceMessage.told(text) } == text)
  }
}
