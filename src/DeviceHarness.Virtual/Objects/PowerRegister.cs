using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Active power import, in watts.</summary>
internal sealed class PowerRegister(ObisCode logicalName, EsmeState meter) : CosemRegister(logicalName, CosemUnit.Watt)
{
    /// <inheritdoc/>
    protected override sbyte Scaler => 0;

    /// <inheritdoc/>
    protected override void EncodeValue(ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned((uint)meter.Settle().ActiveImportWatts);
}
