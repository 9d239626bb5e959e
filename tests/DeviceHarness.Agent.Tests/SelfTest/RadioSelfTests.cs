using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>Every defect of a device on a radio, and what catches it: a case of the self-test that fails where the matrix says, or the way
/// that <c>caught-elsewhere.json</c> names.</summary>
[Collection(AloneCollection.Name)]
public sealed class RadioSelfTests
{
    private static readonly SelfTestSuite Suite = SelfTestSuite.Read(RepositoryRoot.Path);
    private static readonly Dictionary<string, SelfTestCase> Cases = Suite.Cases.ToDictionary(testCase => testCase.Name);

    /// <summary>The first case of each defect in the suite, but for the one that takes half as long as all others together; all with the
    /// large counts.</summary>
    public static TheoryData<string, string, int> Marks { get; } = MarksOf();

    public static TheoryData<string> SoundCases { get; } =
        TestSize.IsLong
            ? [.. Suite.Cases.Where(testCase => testCase.Place.HasRadio).Select(testCase => testCase.Name)]
            : ["dmct-smoke-gsme GSMK-04", "gas-home GHM-02"];

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_defect_of_a_device_on_the_radio_turns_its_case_red(string defect, string testCase, int step)
    {
        SelfTestOutcome outcome = await SelfTestSuite
            .RunAsync(Cases[testCase], DefectSwitch.Find(defect), CancellationToken.None).DefaultTimeout();

        outcome.Verdict.Should().Be(Verdict.Failed, outcome.Reason);
        (outcome.Step ?? 0).Should().Be(step, outcome.Reason);
    }

    [Theory]
    [MemberData(nameof(SoundCases))]
    public async Task On_a_sound_radio_it_passes(string testCase)
    {
        SelfTestOutcome outcome = await SelfTestSuite.RunAsync(Cases[testCase], null, CancellationToken.None).DefaultTimeout();

        outcome.Verdict.Should().Be(Verdict.Passed, outcome.Reason);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("answers-differ", "Time 0000, Metering 0007, Metering GetSnapshot")]
    public async Task A_proxy_whose_answers_differ_from_its_meters_is_found_by_comparing_their_forms(string? defect, string different)
    {
        string[] planted = defect is null ? [] : [defect, "clock-unknown"];

        IReadOnlyList<FormRow> rows = await Task.Run(() => CompareAsync(planted)).DefaultTimeout();

        rows.Should().HaveCount(4);
        string.Join(", ", rows.Where(row => !row.IsAlike).Select(row => row.Question.Split('(', ')')[1])).Should().Be(different);
    }

    private static TheoryData<string, string, int> MarksOf()
    {
        TheoryData<string, string, int> data = [];
        foreach (DetectionRow row in DetectionMatrix.Committed.Rows
            .Where(row => row.Defect.Place == DefectPlace.Radio && (TestSize.IsLong || row.Defect.Name != "old-image-kept")))
        {
            foreach (DetectionMark mark in row.Marks.Take(TestSize.Of(suite: 1, large: row.Marks.Count)))
            {
                data.Add(row.Defect.ToString(), mark.Case, mark.Step);
            }
        }

        return data;
    }

    private static async Task<IReadOnlyList<FormRow>> CompareAsync(string[] defects)
    {
        using TemporaryFolder folder = new();
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "home", "rig.yaml"));
        NcpModel model = defects.Aggregate(
            NcpModelReader.ReadFile(Path.Combine(rig.Folder, rig.Adapters[0].Model)), HanDefectNames.Plant);
        using QuietClock clock = new();
        QuietLine line = new(new VirtualNcp("zb-01", model, clock), clock);
        clock.Attach(line);
        AdapterStation station = new(rig.Adapters[0], rig, folder.Path, new WireLog(), clock, new HanRadioDomain())
        {
            OpenLine = _ => line.Open(),
        };
        clock.Start();
        await using (station)
        {
            HanNetwork network = await station.OpenAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromMinutes(1), clock);
            return await FormComparison.CompareAsync(
                [
                    .. rig.Devices.Where(device => device.Id.Value is "gsme-01" or "gpf-01")
                        .Select(device => DriverCatalog.HanOptionsOf(device, network, rig.ProfilesFolder, clock, null)),
                ],
                CancellationToken.None);
        }
    }
}
