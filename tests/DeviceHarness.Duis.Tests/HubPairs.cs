using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Hub;

namespace DeviceHarness.Duis.Tests;

/// <summary>Requests to a comms hub with their answers.</summary>
internal static class HubPairs
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");

    /// <summary>Each form of the requests with an answer.</summary>
    internal static IEnumerable<(SrvRequestBody Request, SrvResponseBody Response)> All()
    {
        HanDeviceJoin join = new(600, "83FED3407A939723A5C639B26916D505");
        yield return (new ReadDeviceLog(), new ReadDeviceLogRsp { Devices = [] });
        yield return (new ReadDeviceLog(ReadsSecurityDetails: true, Now), new ReadDeviceLogRsp());
        yield return (new ReadDeviceLog(ExecutionDateTime: Now), new ReadDeviceLogRsp
        {
            Devices = [new(Meter, Now, -61), new(Meter), new(null, Now), new(null)],
        });
        yield return (new UpdateHANDeviceLog(Meter, HanLogChange.Add, join), new UpdateHANDeviceLogRsp());
        yield return (new UpdateHANDeviceLog(Meter, HanLogChange.Remove, null, Now), new UpdateHANDeviceLogRsp { MessageSuccess = true });
    }
}
