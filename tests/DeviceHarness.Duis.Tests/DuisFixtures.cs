using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Messages;
using DeviceHarness.TestKit;
using Xunit;

namespace DeviceHarness.Duis.Tests;

/// <summary>What several test classes need.</summary>
internal static class DuisFixtures
{
    public static readonly Eui64 ImportSupplier = Eui64.Parse("90-B3-D5-1F-30-01-00-01");
    public static readonly Eui64 OtherUser = Eui64.Parse("90-B3-D5-1F-30-01-00-04");
    public static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static string Read(string fileName) =>
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "DeviceHarness.Duis.Tests", "Fixtures", fileName));

    public static RequestId Id(ulong counter) => new(ImportSupplier, Meter, counter);

    public static DuisRequest Request(SrvRequestBody body, int commandVariant = 1, ulong counter = 1000) =>
        new(Id(counter), commandVariant, body);

    public static TheoryData<SrvRequestBody> TypedRequests() =>
    [
        new ReadInstantaneousImportRegisters(),
        new ReadInstantaneousImportRegisters(Now),
        new SynchroniseClock(Now.AddMilliseconds(250), 0),
        new SynchroniseClock(Now, SynchroniseClock.MaxTolerancePeriodSeconds),
        new EnableSupply(),
        new DisableSupply(),
        new ReadSupplyStatus(),
        new ReadFirmwareVersion(),
        new ReadFirmwareVersion(Now.AddDays(1)),
        new SignedPreCommand("7.1", "AQID", Now),
    ];

    public static TheoryData<SrvResponseBody> TypedResponses() =>
    [
        new ReadInstantaneousImportRegistersRsp { MessageSuccess = true, Electricity = new(new RegisterReading(long.MaxValue)) },
        new ReadInstantaneousImportRegistersRsp { Electricity = new(new(-1), new(0), new(7)) },
        new ReadInstantaneousImportRegistersRsp { Gas = new(1234.567m) },
        new ReadInstantaneousImportRegistersRsp { MessageSuccess = false, Electricity = new(null) },
        new SynchroniseClockRsp { MessageSuccess = true, DeviceTime = Now, ElecClockTimeStatus = ClockTimeStatus.Unreliable },
        new SynchroniseClockRsp { DeviceTime = Now, GasClockTimeStatus = new Asn1Status("reliable", 0) },
        new SynchroniseClockRsp(),
        new EnableSupplyRsp { MessageSuccess = true },
        new DisableSupplyRsp { MessageSuccess = false },
        new ReadSupplyStatusRsp { MessageSuccess = true, SupplyState = SupplyState.Armed },
        new ReadSupplyStatusRsp { SupplyState = SupplyState.Enabled, RemainingBatteryCapacity = uint.MaxValue },
        new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = " 4.2.0 <&> \r\n" },
        new ReadFirmwareVersionRsp(),
    ];
}
