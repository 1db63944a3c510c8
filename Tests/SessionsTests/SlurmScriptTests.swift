import Testing

@testable import Experiment
@testable import Sessions

@Suite struct SlurmScriptTests {
  private func script(
    _ others: [(name: String, value: String?)] = [], folder: String = "/home/me/runs/sweep1"
  ) -> String {
    SlurmScript(
      folder: SweepFolder(path: folder), program: "/opt/my programs/fmnist-tui", shards: 200,
      options: .init(partition: "short", account: nil, time: "01:00:00", cpus: 16, others: others),
      dataOptions: ["--data", "/data/it's"], kernels: "avx2"
    ).text
  }

  @Test func itIsWhatAPersonWouldHaveWritten() {
    let lines = script([("mem", "4G"), ("exclusive", nil)]).split(separator: "\n")
    #expect(lines.first == "#!/bin/bash")
    for line in [
      "#SBATCH --job-name=sweep1", "#SBATCH --array=0-199", "#SBATCH --partition=short",
      "#SBATCH --time=01:00:00", "#SBATCH --cpus-per-task=16", "#SBATCH --mem=4G", "#SBATCH --exclusive",
      "#SBATCH --signal=B:USR1@120", "#SBATCH --requeue",
      "#SBATCH --output=/home/me/runs/sweep1/slurm/%A_%a.txt", "export FMNIST_KERNELS=avx2",
    ] { #expect(lines.contains { $0 == line }, "\(line)") }
    #expect(!lines.contains { $0.contains("account") })
    // The program takes the place of the shell, so that signals for the job reach it.
    let command =
      #"exec '/opt/my programs/fmnist-tui' sweep worker /home/me/runs/sweep1 --data '/data/it'\''s' --threads 16 "#
      + #"--shard "$SLURM_ARRAY_TASK_ID/200""#
    #expect(lines.last.map(String.init) == command)
  }

  /// The script's own lines stood behind what a person said, and `sbatch` takes the last.
  @Test(arguments: [
    ("output", "/scratch/%j.txt"), ("signal", "B:USR1@600"), ("job-name", "night"), ("open-mode", "truncate"),
  ])
  func whatAPersonSaysIsSaidOnce(name: String, value: String) {
    let lines = script([(name, value)]).split(separator: "\n").filter { $0.contains("#SBATCH --\(name)") }
    #expect(lines == ["#SBATCH --\(name)=\(value)"])
    #expect(!script([("no-requeue", nil)]).contains("--requeue"))
  }

  @Test func pathsWithSpacesAndSignsStayOneValue() {
    let text = script(folder: "/home/me/50% of \"it\"/sweep1")
    #expect(text.contains("#SBATCH --output=\"/home/me/50%% of \\\"it\\\"/sweep1/slurm/%A_%a.txt\""))
    #expect(text.contains("sweep worker '/home/me/50% of \"it\"/sweep1' "))
  }

  @Test(arguments: [
    ([0], "0"), ([0, 1, 2, 3, 7], "0-3,7"), ([5, 4, 9], "4-5,9"), ([1, 3, 5], "1,3,5"),
  ])
  func partsAreWrittenAsRanges(indices: [Int], text: String) {
    #expect(SlurmScript.array(of: indices) == text)
  }

  @Test func aShardIsAPartOfHowMany() {
    #expect(SweepShard("3/8") == SweepShard(index: 3, count: 8))
    for text in ["8/8", "-1/8", "3", "3/", "/8", "3/8/2", "a/b", "0/0", "0/99999999", ""] {
      #expect(SweepShard(text) == nil, "\(text)")
    }
    let runs = (0..<10).map { SweepRun(key: SweepRunKey(cell: $0, seed: 1), work: 1) }
    let parts = (0..<3).map { SweepShard(index: $0, count: 3).runs(of: runs).map(\.key.cell) }
    #expect(parts == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]])
    #expect(SweepShard(index: 5, count: 6).runs(of: Array(runs.prefix(3))).isEmpty)
  }

  @Test(
    arguments: [
      (["SLURM_ARRAY_TASK_ID": "3"], 3), (["SLURM_PROCID": "0"], 0), (["OMPI_COMM_WORLD_RANK": "7"], 7),
      (["PMI_RANK": "1"], 1), (["JOB_COMPLETION_INDEX": "2"], 2), (["PBS_ARRAY_INDEX": "4"], 4),
      (["LSB_JOBINDEX": "8"], 7), (["SLURM_ARRAY_TASK_ID": "5", "SLURM_PROCID": "0"], 5),
      (["SLURM_ARRAY_TASK_ID": "8"], nil), (["SLURM_ARRAY_TASK_ID": "x"], nil), ([:], nil),
      (["SLURM_ARRAY_TASK_ID": "x", "SLURM_PROCID": "0"], nil),
      (["SLURM_ARRAY_TASK_ID": "", "SLURM_PROCID": "2"], 2),
    ] as [([String: String], Int?)])
  func everyLauncherTellsItsNumber(environment: [String: String], index: Int?) {
    #expect(SweepShard.given(environment, of: 8) == index.map { SweepShard(index: $0, count: 8) })
  }

  @Test func anAttemptTellsItsPartJobAndWriter() {
    let attempt = SweepAttempt(
      SweepShard(index: 3, count: 200), environment: ["SLURM_JOB_ID": "41/..", "SLURM_RESTART_COUNT": "2"])
    #expect(attempt.name == "3of200-41___-2-\(Writer.current.name)")
    #expect(SweepAttempt.shard(ofLog: attempt.name + ".jsonl") == SweepShard(index: 3, count: 200))
    #expect(SweepAttempt(.all, environment: [:]).name.hasPrefix("0of1-local-0-"))
    for name in ["", "x", "3of-", "of3-x", "3x200-", "3of0-"] {
      #expect(SweepAttempt.shard(ofLog: name) == nil)
    }
  }
}
