using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The verdicts of the runner on an agent's bench over lines with faults: no healthy meter fails, no defect passes. The seed of a
/// wrong verdict is in its message.</summary>
public sealed class FaultyVerdictsTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Kinds =
    [
        "loss=0.01", "flip=0.01", "duplicate=0.01", "garbage=0.01", "delay=0.01", "stall=0.01", "wrong-baud=0.01", Hopeless,
        FewHangUps, "loss=0.001,flip=0.001,duplicate=0.001,garbage=0.001,delay=0.001,stall=0.001,wrong-baud=0.001,hang-up=0.0002",
    ];

    private const string Hopeless = "hang-up=0.01";
    private const string FewHangUps = "hang-up=0.0005";

    // Nobody moves the clock while a pack waits, so it does not wait here.
    private static readonly string Text = PackLibrary.Find("dmct-smoke")!.Text
        .Replace("- wait: 500ms", "- wait: 0s", StringComparison.Ordinal);

    private static readonly TestPack Smoke = PackLoader.Load(Text, "dmct-smoke");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> AllKinds => [.. Kinds];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_healthy_meter_is_never_failed(string faults)
    {
        Dictionary<Verdict, int> onDevice = [];
        int struck = 0;
        for (int seed = 1; seed <= TestSize.Of(1, 200); seed++)
        {
            struck += await RunHealthyAsync(faults, seed, onDevice);
        }

        string tally = string.Join(", ", onDevice.Select(count => $"{count.Value} {count.Key}"));
        output.WriteLine($"{faults}: {struck} faults; {tally}");
        struck.Should().BePositive();
        onDevice.GetValueOrDefault(Verdict.Passed).Should().BeGreaterThanOrEqualTo(
            faults == Hopeless ? 0 : 1, "a line that carries no request shows nothing");
    }

    // The request took longer than SMK-03 allows a clock to be off.
    [Theory]
    [InlineData("wrong-baud=0.01", 7)]
    public async Task A_seed_that_once_failed_a_healthy_meter_does_so_no_more(string faults, int seed)
    {
        Dictionary<Verdict, int> onDevice = [];

        int struck = await RunHealthyAsync(faults, seed, onDevice);

        struck.Should().BePositive();
        onDevice.Should().NotContainKey(Verdict.Failed);
    }

    [Theory]
    [InlineData("wrong-scaler", "SMK-02 LOG-01")]
    [InlineData("stuck-version", "SMK-01")]
    [InlineData("clock-refused", "SMK-03 LOG-03")]
    [InlineData("switch-lies", "SMK-04")]
    [InlineData("log-shifted", "LOG-01")]
    [InlineData("empty-range-error", "LOG-01 LOG-02")]
    [InlineData("event-missing", "LOG-03")]
    [InlineData("no-answer", "SMK-01 SMK-05")]
    public async Task A_planted_defect_is_never_passed_by_the_case_that_looks_for_it(string defect, string cases)
    {
        await NeverPassAsync(Smoke, cases.Split(' '), EsmeDefectNames.All[defect]);
    }

    [Fact]
    public async Task A_meter_that_answers_is_never_taken_for_a_silent_one()
    {
        TestPack pack = PackLoader.Load(Text.Replace("device: mute\n", "device: esme\n", StringComparison.Ordinal), "changed");

        await NeverPassAsync(pack, ["SMK-10"], EsmeDefects.None);
    }

    private static string Told(string faults, int seed, TestCase testCase, AttemptResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{faults}, seed {seed}: {testCase.Id} {result.Verdict}: {result.Reason}")
        + string.Concat(result.Steps.Select(step => $"\n  {step.Index} {step.Name}: {step.Verdict} {step.Elapsed} {step.Reason}"));

    /// <summary>Runs the whole pack, counts the verdicts of the cases that touch the device, and says how many faults were done.</summary>
    private async Task<int> RunHealthyAsync(string faults, int seed, Dictionary<Verdict, int> onDevice)
    {
        await using FaultyRig rig = new(_folder.Path, faults, seed);
        foreach (TestCase testCase in Smoke.Cases)
        {
            AttemptResult result = await rig.RunAsync(Smoke, testCase);

            result.Verdict.Should().BeOneOf([Verdict.Passed, Verdict.Inconclusive], Told(faults, seed, testCase, result));
            if (testCase.TouchesDevice)
            {
                onDevice[result.Verdict] = onDevice.GetValueOrDefault(result.Verdict) + 1;
            }
        }

        return rig.Struck;
    }

    /// <summary>All kinds with the large counts; else three that go round, so that each kind meets some defect, and a line that carries
    /// most requests.</summary>
    private static IEnumerable<string> SomeOf(string first)
    {
        int begin = first[^1] % Kinds.Length;
        return TestSize.IsLong ? Kinds : [FewHangUps, .. Enumerable.Range(0, 3).Select(step => Kinds[(begin + (step * 3)) % Kinds.Length])];
    }

    private async Task NeverPassAsync(TestPack pack, string[] cases, EsmeDefects defects)
    {
        int found = 0;
        int runs = 0;
        foreach (string faults in SomeOf(cases[0]))
        {
            for (int seed = 1; seed <= TestSize.Of(1, 40); seed++)
            {
                await using FaultyRig rig = new(_folder.Path, faults, seed, defects);
                foreach (TestCase testCase in pack.Cases.Where(testCase => cases.Contains(testCase.Id)))
                {
                    AttemptResult result = await rig.RunAsync(pack, testCase);

                    result.Verdict.Should().BeOneOf([Verdict.Failed, Verdict.Inconclusive], Told(faults, seed, testCase, result));
                    found += result.Verdict == Verdict.Failed ? 1 : 0;
                    runs++;
                }
            }
        }

        output.WriteLine($"found in {found} of {runs} attempts");
        found.Should().BePositive("lines that never carry a request show nothing");
    }
}
