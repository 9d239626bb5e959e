using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Gsme.Tables;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A request for prices, which the meter may hold for later.</summary>
internal abstract class GasDatedHandler(GasMeter meter, string answerElement) : GasCommandHandler(meter, answerElement)
{
    /// <summary>What tells the meter.</summary>
    protected GasTariffWriter Writer => new(Meter);

    /// <summary>From when on a request holds, as the profile writes times.</summary>
    protected static uint StartOf(IDeviceDated request) =>
        request.ExecutionDateTime is { } date ? ZclTime.FromMoment(date) : ZclTime.Now;
}
