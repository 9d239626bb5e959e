using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.1.1: the gas consumed, in cubic metres, fractions of a litre cut off. The meter's number is scaled by its own multiplier
/// and divisor; one that counts kWh is refused, since only its supplier knows by which factors it came from a volume.</summary>
[Srv("4.1.1")]
internal sealed class ReadInstantaneousImportRegistersHandler(GasMeter meter) : GasReadHandler(meter)
{
    private const ushort CurrentSummationDelivered = 0x0000;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(
            ClusterCatalogue.Metering, cancellationToken, CurrentSummationDelivered, MeterScale.UnitAttribute,
            MeterScale.MultiplierAttribute, MeterScale.DivisorAttribute).ConfigureAwait(false);
        Codecs.Zcl.ZclData summation = values.Require(CurrentSummationDelivered);
        MeterScale scale = GasScale.Checked(values);
        decimal volume = scale.Apply(summation) ?? throw values.Unfit(CurrentSummationDelivered, $"{summation} is no number");
        return new ReadInstantaneousImportRegistersRsp
        {
            MessageSuccess = true,
            Gas = new GasConsumptionRegister(GasScale.Whole(volume)),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadInstantaneousImportRegistersRsp { MessageSuccess = false };
}
