using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>Service Requests as a person sends them.</summary>
internal static class Requests
{
    /// <summary>7.2 to the meter of the test rig.</summary>
    public static string DisableSupply { get; } = Of(new DisableSupply(), 1000);

    /// <summary>A request to the meter of the test rig.</summary>
    /// <param name="body">What is asked.</param>
    /// <param name="counter">Rises from request to request.</param>
    public static string Of(SrvRequestBody body, ulong counter) => DuisRequestWriter.Write(new DuisRequest(
        new RequestId(Eui64.Parse("90-B3-D5-1F-30-01-00-01"), Eui64.Parse("90-B3-D5-1F-30-00-00-A0"), counter), VariantOf(body), body));

    // A critical command is sent as a signed pre-command would be, anything else as it is.
    private static int VariantOf(SrvRequestBody body) =>
        SrvCatalogue.TryFind(body.ServiceReferenceVariant, out SrvEntry? entry)
            && entry.Criticality == SrvCriticality.Critical ? 4 : 1;
}
