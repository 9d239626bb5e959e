using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>Service Requests as a person sends them.</summary>
internal static class Requests
{
    /// <summary>7.2 to the meter of the test rig.</summary>
    public static string DisableSupply { get; } = DuisRequestWriter.Write(new DuisRequest(
        new RequestId(Eui64.Parse("90-B3-D5-1F-30-01-00-01"), Eui64.Parse("90-B3-D5-1F-30-00-00-A0"), 1000), 4, new DisableSupply()));
}
