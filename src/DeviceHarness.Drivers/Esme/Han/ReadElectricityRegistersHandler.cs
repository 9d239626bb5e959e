using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Han;

/// <summary>SRV 4.1.1 by Smart Energy: active energy imported, in Wh, fractions cut off. Reactive energy the Metering cluster does not
/// have.</summary>
[Srv("4.1.1")]
internal sealed class ReadElectricityRegistersHandler(SmartEnergyDevice meter) : DirectSrvHandler
{
    private const ushort CurrentSummationDelivered = 0x0000;
    private const byte KilowattHours = 0x00;
    private const byte BinaryCodedDecimal = 0x80;
    private const int WattHoursPerKilowattHour = 1000;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await meter.ReadAsync(
            ClusterCatalogue.Metering, cancellationToken, CurrentSummationDelivered, MeterScale.UnitAttribute,
            MeterScale.MultiplierAttribute, MeterScale.DivisorAttribute).ConfigureAwait(false);
        ZclData summation = values.Require(CurrentSummationDelivered);
        MeterScale scale = values.Scale
            ?? throw values.Unfit(MeterScale.DivisorAttribute, "multiplier or divisor is missing, so that the summation has no meaning");
        if (scale.Unit is not { } unit || (unit & ~BinaryCodedDecimal) != KilowattHours)
        {
            throw values.Unfit(MeterScale.UnitAttribute, $"the summation is counted in '{scale.UnitText}', not in kWh");
        }

        decimal energy = scale.Apply(summation) ?? throw values.Unfit(CurrentSummationDelivered, $"{summation} is no number");
        return new ReadInstantaneousImportRegistersRsp
        {
            MessageSuccess = true,
            Electricity = new ElectricityImportRegisters(new RegisterReading((long)(energy * WattHoursPerKilowattHour))),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadInstantaneousImportRegistersRsp { MessageSuccess = false };
}
