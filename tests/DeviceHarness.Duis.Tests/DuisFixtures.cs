using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
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

    public static readonly ReadLogPeriod Period = new(Now.AddDays(-3), Now);
    public static readonly FirmwareImage Image = new("IMAGE"u8.ToArray());

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
        new CommissionDeviceSynchroniseClock(Now, 10),
        new EnableSupply(),
        new DisableSupply(),
        new ReadSupplyStatus(),
        new ReadFirmwareVersion(),
        new ReadFirmwareVersion(Now.AddDays(1)),
        new SignedPreCommand("7.1", "AQID", Now),
        new RetrieveImportDailyReadLog(Period),
        new RetrieveImportDailyReadLog(new ReadLogPeriod(Now, Now.AddDays(-1)), Now.AddDays(1), "AQID"),
        new ReadEventOrSecurityLog(Period, EventLog.Security),
        new ReadEventOrSecurityLog(Period, EventLog.GsmeEvent),
        new UpdateFirmware(Image, "4.3.0", [Meter, OtherUser]),
        new UpdatePpmidFirmware(Image, "1.5.0", [Meter, OtherUser]),
        new ActivateFirmware(Image.Hash),
        new ActivateFirmware(Image.Hash, Now.AddDays(1)),
        .. ReadPairs.All().Select(pair => pair.Request),
        .. WriteBodies.Requests(),
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
        new CommissionDeviceSynchroniseClockRsp { MessageSuccess = true, DeviceTime = Now, ElecClockTimeStatus = ClockTimeStatus.Reliable },
        new EnableSupplyRsp { MessageSuccess = true },
        new DisableSupplyRsp { MessageSuccess = false },
        new ReadSupplyStatusRsp { MessageSuccess = true, SupplyState = SupplyState.Armed },
        new ReadSupplyStatusRsp { SupplyState = SupplyState.Enabled, RemainingBatteryCapacity = uint.MaxValue },
        new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = " 4.2.0 <&> \r\n" },
        new ReadFirmwareVersionRsp(),
        new RetrieveImportDailyReadLogRsp { MessageSuccess = true },
        new RetrieveImportDailyReadLogRsp
        {
            Entries = [Day(new ReadingMatrix(ImportDailyReadLogEntry.TimeOfUseMatrix, [new(1, 7), new(48, 8)]))],
        },
        new RetrieveImportDailyReadLogRsp { Entries = [Day(), new() { IsGas = true, Consumption = 12.345m }, new() { IsGas = true }] },
        new ReadEventOrSecurityLogRsp { MessageSuccess = true, Log = [] },
        new ReadEventOrSecurityLogRsp
        {
            Log = [new(Now, "8F72", "Firmware verification successful", "00FF", "something"), new(null, null)],
        },
        new ReadEventOrSecurityLogRsp(),
        new ActivateFirmwareRsp
        {
            MessageSuccess = true,
            ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(ActivateImageResponse.Success),
            FirmwareVersion = "4.3.0",
        },
        new ActivateFirmwareRsp { MessageSuccess = false, ActivateImageResponseCode = new Asn1Status("noImageHeld", 1) },
        new ActivateFirmwareRsp(),
        .. ReadPairs.All().Select(pair => pair.Response),
        .. HubPairs.All().Select(pair => pair.Response),
        .. ReadPairs.All().Select(pair => pair.Response with { MessageSuccess = false }),
        .. WriteBodies.Responses(),
    ];

    private static ImportDailyReadLogEntry Day(params ReadingMatrix[] matrices) => new()
    {
        Timestamp = Now,
        Consumption = 1_234_567,
        SecondaryConsumption = 0,
        Matrices = matrices,
    };
}
