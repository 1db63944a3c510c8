import Experiment
import NeuralNetwork
import Sessions
import TerminalUI
import TestSupport
import Testing
import Training

@testable import Reports
@testable import fmnist_tui

struct TextReporterTests {
  @Test func aComparisonReadsFromHeaderToTable() throws {
    let session = try ScriptedSession(settings: [.epochs: "5"])
    let text = session.text(
      session.complete([0.75, 0.84, 0.85, 0.86, 0.8688], [0.76, 0.85, 0.86, 0.8641, 0.8541]))
    #expect(
      text == """
        fmnist-tui 0.1.0
        data       Fashion-MNIST · 60,000 training and 10,000 test images
                   Debian's dataset-fashion-mnist, /usr/share/datasets/fashion-mnist
        network    784-256-256-10 · ReLU · 269,322 parameters · weights N(0, 0.01²)
        training   SGD · lr 0.5 · batch 256 · 5 epochs · seed 1 · 2 threads
        run A      with dropout · dropout 0.2,0.5
        run B      without dropout · same initial weights · same batches

                 running train          train           test
                    dropout on    dropout off    dropout off     gap
        epoch      loss   acc.    loss   acc.    loss   acc.  points   time  images/s
          1/5 A  0.4500 74.00%  0.3500 77.00%  0.4000 75.00%   +2.00  0.23s   400,000
          1/5 B  0.4400 75.00%  0.3400 78.00%  0.3900 76.00%   +2.00  0.23s   400,000
          2/5 A  0.3600 83.00%  0.2600 86.00%  0.3100 84.00%   +2.00  0.23s   400,000
          2/5 B  0.3500 84.00%  0.2500 87.00%  0.3000 85.00%   +2.00  0.23s   400,000
          3/5 A  0.3500 84.00%  0.2500 87.00%  0.3000 85.00%   +2.00  0.23s   400,000
          3/5 B  0.3400 85.00%  0.2400 88.00%  0.2900 86.00%   +2.00  0.23s   400,000
          4/5 A  0.3400 85.00%  0.2400 88.00%  0.2900 86.00%   +2.00  0.23s   400,000
          4/5 B  0.3359 85.41%  0.2359 88.41%  0.2859 86.41%   +2.00  0.23s   400,000
          5/5 A  0.3312 85.88%  0.2312 88.88%  0.2812 86.88%   +2.00  0.23s   400,000
          5/5 B  0.3459 84.41%  0.2459 87.41%  0.2959 85.41%   +2.00  0.23s   400,000

        after epoch 5                 A with dropout   B without dropout     A − B
        train loss, dropout on                0.3312              0.3459   −0.0147
        train loss, dropout off               0.2312              0.2459   −0.0147
        test loss                             0.2812              0.2959   −0.0147
        train accuracy, dropout off           88.88%              87.41%     +1.47
        test accuracy                         86.88%              85.41%     +1.47
        generalisation gap, points              2.00                2.00      0.00
        best test accuracy            86.88% epoch 5      86.41% epoch 4

        No difference shown: test accuracy 83.38±4.80 and 83.76±4.37, epochs 1-5.
        Mean ± standard deviation of the last 5 evaluations, chosen beforehand. One
        seed is a hint and no proof: --replicates 5 trains five.
        To see dropout act against overfitting, try
          fmnist-tui --train-size 3000 --epochs 60 --optimizer adam --dropout 0.5,0.5
        Why the running train loss 0.3312 lies above the test loss 0.2812 in run A
        (with dropout): it is measured while units are dropped, and it is a mean over
        the epoch's steps, whose first ones had weights that knew less. The epoch's
        final weights with dropout off have train loss 0.2312: that one may be compared
        with the test loss.
        Took 4.13 s. Training steps alone: A 400,000 images/s, B 400,000 images/s.
        """)
  }

  @Test func fewEpochsShowNothing() throws {
    let session = try ScriptedSession(settings: [.epochs: "1"])
    #expect(
      session.text(session.complete([0.9], [0.1])).contains(
        "\n\nNo difference shown: 1 epoch is too few to tell, 5 are needed.\nWhy the running"))
  }

  @Test func quietIsTheTableAlone() throws {
    let session = try ScriptedSession(settings: [.epochs: "3"], comparing: false)
    #expect(
      session.text(
        [session.started(0), session.epoch(0, 3, test: 0.5), session.ended(0, epoch: 3)], isQuiet: true)
          == """
          after epoch 3                 A with dropout
          train loss, dropout on                0.7000
          train loss, dropout off               0.6000
          test loss                             0.6500
          train accuracy, dropout off           52.00%
          test accuracy                         50.00%
          generalisation gap, points              2.00
          best test accuracy            50.00% epoch 3
          """)
  }

  @Test func asciiLocalesGetOnlyAsciiInTheSameColumns() throws {
    let session = try ScriptedSession(settings: [.initialization: "pytorch", .clipValue: "1", .epochs: "3"])
    let events = session.complete([0.75, 0.86, 0.8688], [0.76, 0.8641, 0.8541])
    let ascii = session.text(events, encoding: .ascii)
    #expect(ascii.allSatisfy { $0.isASCII })
    #expect(!ascii.contains("?"))
    #expect(ascii.contains("train loss, dropout on                0.3312              0.3459   -0.0147\n"))
    #expect(ascii.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func linesWaitUntilEveryRunHasStarted() throws {
    let session = try ScriptedSession()
    var reporter = TextReporter(session: session.description, encoding: .utf8)
    var description = session.description
    func report(_ event: TrainingEvent) -> [String] {
      description.apply(event)
      return reporter.report(event, of: description)
    }
    #expect(reporter.begin(description).isEmpty)
    #expect(report(session.started(0)).isEmpty)
    #expect(report(session.epoch(0, 1, test: 0.5)).isEmpty)
    let lines = report(session.started(1))
    #expect(lines.first == "fmnist-tui 0.1.0")
    #expect(lines.last?.contains("1/10 A") == true)
    #expect(report(session.epoch(1, 1, test: 0.5)).count == 1)
  }

  @Test func theHeaderNamesEveryUnusualSetting() throws {
    let session = try ScriptedSession(
      settings: [
        .weightDecay: "1e-4", .noBiasDecay: "true", .momentum: "0.9", .nesterov: "true", .trainSize: "1000",
        .batchNorm: "true", .clipNorm: "1", .clipValue: "0.5", .inputDropout: "0.1", .l1: "1e-5",
        .labelSmoothing: "0.1", .activation: "elu", .initialization: "he", .schedule: "step=4:0.1",
        .warmup: "0.5", .augment: "flip,shift=2", .validation: "5000",
      ], versus: ["hidden=128 seed=3"])
    let header = SessionHeader(session: session.description, encoding: .utf8).lines
    #expect(
      header.joined(separator: "\n") == """
        fmnist-tui 0.1.0
        data       Fashion-MNIST · 60,000 training and 10,000 test images
                   Debian's dataset-fashion-mnist, /usr/share/datasets/fashion-mnist
        network    784-256-256-10 · ELU · batch norm · weights He
        training   SGD · lr 0.5 · times 0.1 every 4 epochs · warm-up over 0.5 epochs
                   Nesterov momentum 0.9 · weight decay 0.0001 on weights only
                   L1 1e-5 · gradient norm up to 1 · gradients up to ±0.5
                   label smoothing 0.1
                   half of the images mirrored, moved by up to 2 pixels · batch 256
                   10 epochs · seed 1 · 1,000 of the training images
                   5,000 of the training images held out for validation · 2 threads
        run A      hidden 256,256, dropout 0.2,0.5, seed 1
                   dropout 0.2,0.5, of pixels 0.1
        run B      hidden 128, dropout 0.2, seed 3 · other initial weights
                   other batches
        """)
  }

  @Test func aRunWithoutDropoutIsAloneAndSaysWhy() throws {
    let session = try ScriptedSession(settings: [.hidden: "none"])
    #expect(session.description.runs.count == 1)
    let header = SessionHeader(session: session.description, encoding: .utf8).lines
    #expect(
      header.suffix(4) == [
        "training   SGD · lr 0.5 · batch 256 · 10 epochs · seed 1 · 2 threads",
        "run A      without dropout",
        "note       run A uses no dropout, so there is no run B without it; --versus",
        "           KEY=VALUE gives a run B",
      ])
    #expect(header[3] == "network    784-10 · softmax regression · weights N(0, 0.01²)")
  }

  @Test func aDivergedRunKeepsItsLastCompleteEpoch() throws {
    let session = try ScriptedSession(settings: [.epochs: "2"])
    let text = session.text([
      session.started(0), session.started(1), session.epoch(0, 1, test: 0.5), session.epoch(1, 1, test: 0.6),
      session.ended(1, epoch: 2, batch: 7, .diverged(message: "loss is NaN")), session.epoch(0, 2, test: 0.7),
      session.ended(0, epoch: 2),
    ])
    let lines = text.split(separator: "\n")
    let table = lines.drop { !$0.hasPrefix("after epoch") }.prefix(10)
    #expect(
      table.joined(separator: "\n") == """
        after epoch                                2                   1
        train loss, dropout on                0.5000              0.6000
        train loss, dropout off               0.4000              0.5000
        test loss                             0.4500              0.5500
        train accuracy, dropout off           72.00%              62.00%
        test accuracy                         70.00%              60.00%
        generalisation gap, points              2.00                2.00
        best test accuracy            70.00% epoch 2      60.00% epoch 1
        ended                               complete    diverged epoch 2
        No comparison: not both runs have an epoch to compare.
        """)
    #expect(lines.last == "Took 4.13 s. Training steps alone: A 400,000 images/s, B 400,000 images/s.")
  }

  @Test func runsStoppedBeforeTheFirstEpochHaveAnEmptyTable() throws {
    let session = try ScriptedSession()
    let text = session.text([
      session.started(0), session.started(1), session.ended(0, epoch: 1, batch: 3, .stopped),
      session.ended(1, epoch: 1, batch: 4, .stopped),
    ])
    #expect(text.contains("test accuracy                               -                   -\n"))
    #expect(text.contains("stopped epoch 1     stopped epoch 1\n"))
  }

  @Test func aLiveChangeIsALine() throws {
    let session = try ScriptedSession(comparing: false)
    let text = session.text([
      session.started(0),
      TrainingEvent(
        .settingChanged(SettingChanged(.dropout, layer: 1, from: .number(0.5), to: .number(0.6))),
        at: session.position(0, epoch: 6)),
    ])
    #expect(text.contains("\nA: dropout of layer 2 0.5 to 0.6 after step 1,410\n"))
  }

  @Test(arguments: [0, 1e-300, 0.5, 12345.678, 1e300, .infinity, .nan])
  func epochLinesKeepTheirColumnsWhateverTheFigures(loss: Double) throws {
    let event = Positioned(
      EpochEvaluated(
        metrics: .alike(loss: loss, accuracy: 1.0), trainedSamples: 1, trainingSeconds: 1e-300,
        evaluationSeconds: 0),
      at: RunPosition(run: RunID(0), step: 1, epoch: 1, batch: 1))
    let line = EpochLines(epochs: 10, showsValidation: false).line(event, of: 10)
    #expect(line.count == 77)
  }

  @Test func figuresOfADivergingRunDoNotWidenTheTable() throws {
    let session = try ScriptedSession(settings: [.epochs: "1"])
    let events = session.complete([0.5], [-1e12])
    #expect(session.text(events).split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func aSmallerGapIsToldApartFromAccuracy() throws {
    let session = try ScriptedSession(settings: [.epochs: "5"])
    let steady = Array(repeating: 0.86, count: 5)
    var events = session.complete(steady, steady)
    for (index, event) in events.enumerated() {
      guard case .epochEvaluated(var evaluated) = event.kind, event.run == RunID(1) else { continue }
      evaluated.metrics[.trainAccuracy]? += 0.05
      events[index].kind = .epochEvaluated(evaluated)
    }
    #expect(
      session.text(events).contains(
        """
        No difference shown: test accuracy 86.00±0.00 and 86.00±0.00, epochs 1-5.
        Smaller generalisation gap in run A (with dropout): 2.00±0.00 and 7.00±0.00,
        epochs 1-5. Mean ± standard deviation of the last 5 evaluations, chosen
        beforehand. One seed is a hint and no proof: --replicates 5 trains five.
        Why
        """))
  }

  @Test func oneSeedIsAHintAtMost() throws {
    let session = try ScriptedSession(settings: [.epochs: "5"])
    let text = session.text(
      session.complete(Array(repeating: 0.86, count: 5), Array(repeating: 0.8, count: 5)))
    #expect(
      text.contains(
        """
        Higher test accuracy in run A (with dropout): 86.00±0.00 and 80.00±0.00, epochs
        1-5. Mean ± standard deviation of the last 5 evaluations, chosen beforehand.
        One seed is a hint and no proof: --replicates 5 trains five.
        """))
  }

  @Test func imagesHeldOutHaveColumnsAndTheEndTellsWhichWeightsThereAre() throws {
    let session = try ScriptedSession(
      settings: [.validation: "5000", .earlyStopping: "1", .dropout: "none"], comparing: false)
    let events = [0.5, 0.625, 0.5].enumerated().map { index, accuracy -> TrainingEvent in
      var event = session.epoch(0, index + 1, test: 0.75)
      guard case .epochEvaluated(var epoch) = event.kind else { return event }
      epoch.metrics.add(Measurements(.validation, loss: 0.25, accuracy: accuracy))
      event.kind = .epochEvaluated(epoch)
      return event
    }
    let end = TrainingEvent(
      .runEnded(RunEnded(.completed, restoredEpoch: 2)), at: session.position(0, epoch: 3))
    let text = session.text([session.started(0)] + events + [end])
    #expect(
      text.contains(
        "A: after epoch 3 back to the weights of epoch 2, best in validation (62.50%)"))
    #expect(text.contains("after epoch 2"))
    #expect(text.contains("validation"))
    #expect(
      text.split(separator: "\n").contains {
        $0.hasPrefix("best validation accuracy") && $0.hasSuffix("62.50% epoch 2")
      })
    #expect(
      text.split(separator: "\n").contains { $0.hasPrefix("last epoch made") && $0.hasSuffix(" 3") })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
