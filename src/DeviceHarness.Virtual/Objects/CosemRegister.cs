using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 3, Register: a value with its scaler and unit. Nobody may reset it.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 3 version 0: value = raw x 10^scaler.</remarks>
internal abstract class CosemRegister(ObisCode logicalName, byte unit)
    : CosemObject(
        3,
        0,
        logicalName,
        [new CosemAttributeRights(2, ClientAccess.Management), new CosemAttributeRights(3, ClientAccess.Management)],
        [new CosemMethodRights(1, null)])
{
    /// <summary>The power of ten.</summary>
    protected abstract sbyte Scaler { get; }

    /// <inheritdoc/>
    protected sealed override void Encode(int attribute, ref AxdrWriter writer)
    {
        switch (attribute)
        {
            case 2:
                EncodeValue(ref writer);
                break;
            case 3:
                writer.WriteStructure(2);
                writer.WriteInteger(Scaler);
                writer.WriteEnum(unit);
                break;
            default:
                throw Unknown(attribute);
        }
    }

    /// <summary>Encodes the raw value.</summary>
    protected abstract void EncodeValue(ref AxdrWriter writer);
}
