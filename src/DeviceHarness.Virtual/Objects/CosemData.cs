using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 1, Data: one octet-string that says what the meter is.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 1 version 0.</remarks>
internal sealed class CosemData(ObisCode logicalName, Func<byte[]> value)
    : CosemObject(1, 0, logicalName, [new CosemAttributeRights(2, ClientAccess.Identity)], [])
{
    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer) => writer.WriteOctetString(value());
}
