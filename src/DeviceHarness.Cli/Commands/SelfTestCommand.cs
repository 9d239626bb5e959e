using System.CommandLine;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness selftest</c>: shows that the packs find the defects that they exist to find.</summary>
internal static class SelfTestCommand
{
    private const int MaximumSeeds = 10_000;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string[]> defect = Names("--defect", "Only these defects; 'none' is the sound bench. Default: all");
        Option<string[]> pack = Names("--pack", "Only these packs. Default: all that the self-test runs");
        Option<int> seeds = Seeds();
        Option<int> seed = new("--seed")
        {
            Description = "The first seed of --seeds",
            HelpName = "n",
            DefaultValueFactory = _ => 1,
        };
        Option<string?> write = new("--write") { Description = "Write the matrix, with what was found, to a file", HelpName = "file" };
        Option<string> folder = new("--rigs")
        {
            Description = "The folder with rig-config.yaml and rigs",
            HelpName = "folder",
            DefaultValueFactory = _ => ".",
        };
        Command command = new(
            "selftest",
            """
            Plant each known defect in a virtual bench, run the built-in packs on it, and say which cases catch it.

            Everything runs in this process, on a clock that jumps over each wait; each case has a bench of its own. The result is held
            against the matrix that comes with the harness. With --seeds a seed chooses the defect, or none, and the judge names it by the
            verdicts alone.

            Examples:
              harness selftest
              harness selftest --defect wrong-scaler --pack dmct-smoke
              harness selftest --seeds 20
              harness selftest --seeds 1 --seed 7 --json
              harness selftest --write src/DeviceHarness.Agent/SelfTest/detection-matrix.json
            """)
        { defect, pack, seeds, seed, write, folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SelfTestSuite suite = SelfTestSuite.Read(parsed.GetRequiredValue(folder));
            SelfTestOutput text = new(parsed.GetValue(CommonOptions.Json));
            if (parsed.GetValue(seeds) > 0)
            {
                return await JudgeBlindAsync(
                    suite, parsed.GetRequiredValue(seed), parsed.GetValue(seeds), text, cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<SelfTestCase> cases = CasesOf(suite, parsed.GetRequiredValue(pack));
            IReadOnlyList<DefectSwitch?> defects = DefectsOf(parsed.GetRequiredValue(defect));
            return await ShowMatrixAsync(suite, cases, defects, parsed.GetValue(write), text, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static Option<int> Seeds()
    {
        Option<int> seeds = new("--seeds")
        {
            Description = "Judge blind: so many seeds, each of which switches on one defect or none",
            HelpName = "n",
        };
        seeds.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int count) || count is < 1 or > MaximumSeeds))
            {
                result.AddError($"--seeds: found '{result.Tokens[0].Value}'; allowed: 1 to {MaximumSeeds}");
            }
        });
        return seeds;
    }

    private static async Task<int> ShowMatrixAsync(
        SelfTestSuite suite, IReadOnlyList<SelfTestCase> cases, IReadOnlyList<DefectSwitch?> defects, string? file, SelfTestOutput text,
        CancellationToken cancellationToken)
    {
        SelfTestReport report = new(DetectionMatrix.Committed, cases);
        foreach (DefectSwitch? planted in defects)
        {
            IReadOnlyList<SelfTestOutcome> outcomes = await SelfTestSuite.RunAllAsync(
                [.. cases.Where(testCase => testCase.MayShow(planted))], planted, cancellationToken).ConfigureAwait(false);
            SelfTestOutput.Progress(report.Add(planted, outcomes), report.Lines.Count, defects.Count);
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, report.Updated(suite).ToJson(), cancellationToken).ConfigureAwait(false);
        }

        text.Write(report);
        return report.IsAsExpected || file is not null ? ExitCode.Passed : ExitCode.Failed;
    }

    private static async Task<int> JudgeBlindAsync(
        SelfTestSuite suite, int first, int seeds, SelfTestOutput text, CancellationToken cancellationToken)
    {
        BlindJudge judge = new(DetectionMatrix.Committed);
        List<BlindResult> results = [];
        for (int seed = first; seed < first + seeds; seed++)
        {
            BlindBench bench = BlindBench.OfCaught(seed, DetectionMatrix.Committed);
            IReadOnlyList<SelfTestCase> cases = judge.Choose(suite, seed, BlindJudge.OtherCases);
            IReadOnlyList<SelfTestOutcome> outcomes = await bench.RunAsync(cases, cancellationToken).ConfigureAwait(false);
            BlindResult result = new(seed, judge.Judge(outcomes), bench.Reveal(), cases.Count);
            results.Add(result);
            SelfTestOutput.Progress(result, results.Count, seeds);
        }

        text.Write(results);
        return results.TrueForAll(result => result.IsRight) ? ExitCode.Passed : ExitCode.Failed;
    }

    private static IReadOnlyList<SelfTestCase> CasesOf(SelfTestSuite suite, string[] packs)
    {
        string[] known = [.. suite.Cases.Select(testCase => testCase.Bench).Distinct(StringComparer.Ordinal)];
        string? unknown = packs.FirstOrDefault(name => !known.Contains(name));
        return unknown is null
            ? [.. suite.Cases.Where(testCase => packs.Length == 0 || packs.Contains(testCase.Bench))]
            : throw new CommandException(ExitCode.Usage, $"--pack: found '{unknown}'; allowed: {string.Join(", ", known)}");
    }

    private static IReadOnlyList<DefectSwitch?> DefectsOf(string[] names)
    {
        string? unknown = names.FirstOrDefault(name => name != SelfTestReport.None && DefectSwitch.Find(name) is null);
        return unknown is not null
            ? throw new CommandException(
                ExitCode.Usage,
                $"--defect: found '{unknown}'; allowed: {SelfTestReport.None}, {string.Join(", ", DefectSwitch.All)}")
            : names.Length == 0 ? [null, .. DefectSwitch.All] : [.. names.Select(DefectSwitch.Find)];
    }
}
