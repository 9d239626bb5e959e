using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>A total energy register in whole watt-hours or varh; with the defect wrong-scaler its scaler is one too high.</summary>
internal sealed class EnergyRegister(ObisCode logicalName, byte unit, EsmeState meter, Func<EnergyTotals, uint> total)
    : CosemRegister(logicalName, unit)
{
    /// <inheritdoc/>
    protected override sbyte Scaler => (sbyte)(meter.Has(EsmeDefects.WrongScaler) ? 1 : 0);

    /// <inheritdoc/>
    protected override void EncodeValue(ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(total(meter.Settle().Totals));
}
