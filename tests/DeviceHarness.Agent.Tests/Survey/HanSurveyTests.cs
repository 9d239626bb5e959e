using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Survey;
using DeviceHarness.Agent.Tests.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Survey;

/// <summary>First contact with what is in a home area network: virtual devices on a virtual radio, in this process.</summary>
[Collection(AloneCollection.Name)]
[Trait(AloneCollection.Process, AloneCollection.Name)]
public sealed class HanSurveyTests : IDisposable
{
    private const string InstallCode = "test:83FED3407A939723A5C639B26916D505C3B5";

    private static readonly string RigFile = Path.Combine(RepositoryRoot.Path, "rigs", "han", "rig.yaml");

    private readonly TemporaryFolder _folder = new();

    private string Out => Path.Combine(_folder.Path, "out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_gas_meter_is_told_apart_and_the_drafts_load_and_carry_a_case()
    {
        RigConfiguration rig = RigConfigurationReader.Read(RigFile);
        SurveyReport? report = null;
        await GasMeterBench.RunAsync(model => model, isOwn: false, async bench => report = await HanSurvey.RunAsync(
            rig, rig.Adapters[0], bench.Network, new SurveyFolder(Out), _ => { }, bench.Clock, CancellationToken.None));

        report!.Problems.Should().BeEmpty();
        report.End.Should().Be(SurveyEnd.Known);
        report.Lines[0].Should().Match(
            "90-B3-D5-1F-30-00-00-B1: SleepyEndDevice, address ????, manufacturer 1234; GSME (seen: it measures gas (Metering 0306))");
        report.Lines.Should().ContainMatch("  endpoint *serves *0702*").And.Contain("  software build: 1.3.0");
        string file = Path.Combine(Out, "rig-config.yaml");
        RigConfigurationReader.Read(file).Devices.Should().ContainSingle("the draft loads as it is");

        // What only a person can read: the meter's label and display.
        string text = (await File.ReadAllTextAsync(file))
            .Replace("# secrets: { install-code: \"file:…\" }", $"secrets: {{ install-code: \"{InstallCode}\" }} #")
            .Replace("facts: {", "facts: { import-reading-m3: \"1234.567\", test-flow-m3-per-hour: \"3.6\",", StringComparison.Ordinal);
        RigConfiguration draft = RigConfigurationReader.Parse(text, file);
        draft.Devices.Should().ContainSingle().Which.FirmwareVersion.Should().Be("1.3.0");
        TestPack pack = PackLibrary.Find("dmct-smoke-gsme")!;
        AttemptResult result = await RadioRig.RunAsync(
            new SelfTestBench(draft), bench => bench.RunAsync(pack, pack.Find("GSMK-01")!, null, CancellationToken.None));
        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
    }

    [Theory]
    [InlineData(1L, true, "GSME")]
    [InlineData(128L, false, "GPF")]
    [InlineData(0L, false, "ESME")]
    [InlineData(null, true, "GSME")]
    [InlineData(null, false, null)]
    public void What_a_meter_is_follows_from_what_it_measures(long? measures, bool isSleepy, string? type)
    {
        SurveyedNode node = new(NodeOf(0x0501, 0x0702, isSleepy), IsTrustCentre: false) { MeteringType = measures };

        HanDraft.TypeOf(node).Type.Should().Be(type);
        HanDraft.TypeOf(node with { IsTrustCentre = true }).Type.Should().Be("CHF");
    }

    [Fact]
    public void A_display_is_known_by_its_device_and_what_is_nothing_known_stays_out()
    {
        HanDraft.TypeOf(new SurveyedNode(NodeOf(0x0502, 0x0000, false), false)).Type.Should().Be("PPMID");
        HanDraft.TypeOf(new SurveyedNode(NodeOf(0x0100, 0x0006, false), false)).Type.Should().BeNull();
        RigConfiguration rig = RigConfigurationReader.Read(RigFile);
        SurveyedNode[] nodes = [new(NodeOf(0x0100, 0x0006, false), false)];

        new HanDraft(rig, rig.Adapters[0], nodes, default).WriteRig().Should().BeNull("there is no device to be drafted");
    }

    private static HanNode NodeOf(ushort device, ushort cluster, bool isSleepy) => new()
    {
        Eui64 = 0x90B3D51F30000001,
        NodeId = 0x1234,
        Kind = isSleepy ? HanNodeKind.SleepyEndDevice : HanNodeKind.Router,
        Endpoints = [new HanEndpoint(1, 0x0109, device, [cluster], [])],
    };
}
