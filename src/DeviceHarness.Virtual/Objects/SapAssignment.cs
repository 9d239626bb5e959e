using System.Text;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 17, SAP assignment: the one logical device of the meter.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 17 version 0.</remarks>
internal sealed class SapAssignment(ObisCode logicalName, int sap, string logicalDeviceName) : CosemObject(
    17, 0, logicalName, [new CosemAttributeRights(2, ClientAccess.Identity)], [new CosemMethodRights(1, null)])
{
    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        writer.WriteArray(1);
        writer.WriteStructure(2);
        writer.WriteLongUnsigned((ushort)sap);
        writer.WriteOctetString(Encoding.ASCII.GetBytes(logicalDeviceName));
    }
}
