using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 1, Data: the code that was entered last into any of the event logs.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 1 version 0.</remarks>
internal sealed class LastEventCode(ObisCode logicalName, EsmeState meter)
    : CosemObject(1, 0, logicalName, [new CosemAttributeRights(2, ClientAccess.Management)], [])
{
    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        meter.Settle();
        writer.WriteLongUnsigned((ushort)meter.Logs.LastCode);
    }
}
