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

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The pack of every Service Request over a sound line to the virtual meter, in this process.</summary>
public sealed class DmctSrvPackTests : IDisposable
{
    /// <summary>They wait for the load limit and for the time of a calendar, and nobody moves the clock while a pack waits.</summary>
    private static readonly string[] Waiting = ["LIMIT", "BILLING"];

    private static readonly TestPack Pack = PackLoader.Load(PackLibrary.Find("dmct-srv")!.Text, "dmct-srv");

    private static readonly (string Defect, string Cases)[] All =
    [
        ("", ""),
        ("switch-lies", "SUPPLY"),
        ("wrong-scaler", "READ-4-1-1-IS READ-4-1-1-ED READ-4-1-1-GT READ-4-6-1-IS"),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Defects
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach ((string defect, string cases) in All.Take(TestSize.Of(2, All.Length)))
            {
                rows.Add(defect, cases);
            }

            return rows;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_has_the_cases_that_it_is_said_to_have()
    {
        Pack.Cases.Should().HaveCountGreaterThanOrEqualTo(250);
        Pack.Cases.Count(testCase => testCase.TouchesDevice).Should().BeGreaterThanOrEqualTo(120);
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        EsmeDefects defects = defect.Length == 0 ? EsmeDefects.None : EsmeDefectNames.All[defect];
        await using FaultyRig rig = new(_folder.Path, "loss=0", 1, defects);
        Dictionary<string, Verdict> verdicts = [];

        // The refusals of the service are the same whatever the meter does: they are tried once.
        foreach (TestCase testCase in Pack.Cases.Where(one => !Waiting.Contains(one.Id) && (defect.Length == 0 || one.TouchesDevice)))
        {
            AttemptResult result = await rig.RunAsync(Pack, testCase);
            verdicts[testCase.Id] = result.Verdict;
        }

        string[] red = cases.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        verdicts.Where(one => one.Value != (red.Contains(one.Key) ? Verdict.Failed : Verdict.Passed)).Should().BeEmpty();
        verdicts.Should().HaveCountGreaterThan(100);
    }
}
