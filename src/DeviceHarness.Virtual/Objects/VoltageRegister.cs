using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Voltage, in tenths of a volt.</summary>
internal sealed class VoltageRegister(ObisCode logicalName, EsmeState meter) : CosemRegister(logicalName, CosemUnit.Volt)
{
    /// <inheritdoc/>
    protected override sbyte Scaler => -1;

    /// <inheritdoc/>
    protected override void EncodeValue(ref AxdrWriter writer) => writer.WriteLongUnsigned((ushort)meter.Settle().Decivolts);
}
