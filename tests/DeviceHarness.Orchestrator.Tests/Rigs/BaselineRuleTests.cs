using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Orchestrator.Rigs;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class BaselineRuleTests
{
    private const string Pack = """
        pack: sample
        title: A case that reads a version and one that activates another
        version: "1.0"
        kind: srv
        owner: tests
        budget: 15m
        purpose: Shows which change of firmware is a case's own.
        needs:
          esme: ESME
        cases:
          - id: READ
            title: Read
            device: esme
            srv: "11.2"
            budget: 60s
            steps:
              - request: { srv: "11.2" }
          - id: ACT
            title: Activate
            device: esme
            srv: "11.3"
            budget: 60s
            repeat: never
            firmware: { from: 4.2.0, to: 4.2.1, downgrade: allowed, source: tests }
            steps:
              - wait: 1ms
              - request: { srv: "11.3", body: { FirmwareHash: E619E349C8B3074827BCA9E8B997773D8E6128D621032785177096F778DAF28E } }
        """;

    private static readonly DeviceBaseline Meter = Device("esme-01", 0xA0);

    [Fact]
    public void The_same_devices_in_any_order_are_the_same_baseline()
    {
        DeviceBaseline other = Device("esme-02", 0xA1);

        BaselineDifference? difference = BaselineRule.Difference([Meter, other], [Device("esme-02", 0xA1), Device("esme-01", 0xA0)]);

        difference.Should().BeNull();
    }

    [Fact]
    public void The_inventory_status_is_no_part_of_the_baseline()
    {
        DeviceBaseline suspended = Meter with { Inventory = Meter.Inventory with { Status = DeviceStatus.Suspended } };

        BaselineRule.Difference([Meter], [suspended]).Should().BeNull();
    }

    [Fact]
    public void Added_removed_exchanged_and_updated_devices_are_differences()
    {
        DeviceBaseline updated = Meter with { Inventory = Meter.Inventory with { FirmwareVersion = "4.3.0" } };

        BaselineRule.Difference([], [Meter])!.Text.Should().Contain("esme-01 was added");
        BaselineRule.Difference([Meter], [])!.Text.Should().Contain("esme-01 was taken off");
        BaselineRule.Difference([Meter], [Device("esme-01", 0xB0)])!.Text.Should().Contain("esme-01 is another");
        BaselineRule.Difference([Meter], [updated])!.Text.Should().Contain("from 4.2.0 to 4.3.0");
    }

    [Fact]
    public void A_version_that_the_case_itself_activates_is_no_difference()
    {
        BaselineRule.FirmwareDifference(Detail(finishedSteps: 1), Reader("ACT"), Eui64Of(0xA0), "4.2.1").Should().BeNull();
    }

    [Theory]
    [InlineData(0, "ACT", 0xA0, "4.2.1")]
    [InlineData(1, "ACT", 0xA0, "4.2.2")]
    [InlineData(1, "ACT", 0xA1, "4.2.1")]
    [InlineData(1, "READ", 0xA0, "4.2.1")]
    public void Before_its_activation_and_on_any_other_case_device_or_version_it_is_one(
        int finishedSteps, string reader, ulong device, string version)
    {
        BaselineRule.FirmwareDifference(Detail(finishedSteps), Reader(reader), Eui64Of(device), version)!
            .Text.Should().Contain($"changed from 4.2.0 to {version}");
    }

    [Fact]
    public void A_pack_that_cannot_be_read_activates_nothing_on_purpose()
    {
        CycleDetail detail = Detail(finishedSteps: 1);
        CycleDetail unreadable = detail with { Cycle = detail.Cycle with { PackText = "pack: of another harness" } };

        BaselineRule.FirmwareDifference(unreadable, Reader("ACT"), Eui64Of(0xA0), "4.2.1").Should().NotBeNull();
    }

    [Fact]
    public void Every_device_with_other_firmware_is_told_with_both_versions_whatever_else_changed_first()
    {
        DeviceBaseline other = Device("esme-02", 0xA1);
        DeviceBaseline[] now = [Updated(Meter, "4.3.0"), Device("esme-03", 0xA2), Updated(other, "4.4.0")];

        BaselineDifference? difference = BaselineRule.Difference([Meter, other], now);
        BaselineDifference? exchanged = BaselineRule.Difference([Meter], [Updated(Device("esme-01", 0xB0), "4.3.0")]);

        difference!.Firmware.Should().Equal(
            new FirmwareChange("esme-01", "ESME", "4.2.0", "4.3.0"), new FirmwareChange("esme-02", "ESME", "4.2.0", "4.4.0"));
        exchanged!.Firmware.Should().BeEmpty("it is another device, and not one whose firmware changed");
    }

    private static AttemptKey Reader(string caseId) => new($"cycle/{caseId}", 1, 7);

    private static string Eui64Of(ulong device) => new Eui64(device).ToString();

    /// <summary>A cycle of two cases on two meters: one reads the version, the other has begun to activate another on the first meter.
    /// </summary>
    private static CycleDetail Detail(int finishedSteps)
    {
        Cycle cycle = new()
        {
            Id = "cycle",
            PackName = "sample",
            PackHash = string.Empty,
            PackText = Pack,
            Rig = "bench-01",
            HarnessVersion = "1.0",
            Devices = [Meter, Device("esme-02", 0xA1)],
            Seed = 7,
            Created = DateTimeOffset.UnixEpoch,
        };
        return new CycleDetail(cycle, [History("READ", 1, finishedSteps), History("ACT", 2, finishedSteps)]);
    }

    private static ExecutionHistory History(string caseId, int ordinal, int finishedSteps)
    {
        Execution execution = new()
        {
            Id = Reader(caseId).ExecutionId,
            CycleId = "cycle",
            CaseId = caseId,
            Title = caseId,
            Ordinal = ordinal,
            TimeBudget = TimeSpan.FromMinutes(1),
        };
        Step[] steps =
        [
            .. Enumerable.Range(1, finishedSteps).Select(index => new Step(
                index, "step", Verdict.Passed, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, TimeSpan.Zero, null)),
        ];
        return new ExecutionHistory(
            execution, ExecutionState.Running, [new Attempt { Key = Reader(caseId), Rig = "bench-01", Steps = steps }]);
    }

    private static DeviceBaseline Updated(DeviceBaseline device, string version) =>
        device with { Inventory = device.Inventory with { FirmwareVersion = version } };

    private static DeviceBaseline Device(string id, ulong eui64) => new(
        new BenchDevice(new DeviceId(id), "ESME", new Eui64(eui64), "generic", new Provenance(Route.LocalSerial, Origin.Virtual)),
        new InventoryDevice(new Eui64(eui64), "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true));
}
