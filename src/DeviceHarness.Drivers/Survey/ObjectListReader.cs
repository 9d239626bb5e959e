using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Drivers.Survey;

/// <summary>Reads the object list of an association as far as it came.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 15, attribute 2: an array of structures of class, version, logical name and access rights, as this
/// harness's DLMS guide sums it up. Access rights of another form are left out, and the object stays.</remarks>
internal static class ObjectListReader
{
    private const int ElementParts = 4;
    private const int ClassPart = 0;
    private const int VersionPart = 1;
    private const int NamePart = 2;
    private const int RightsPart = 3;

    /// <summary>Reads it.</summary>
    /// <param name="octets">What came.</param>
    /// <param name="announced">How many elements the list said that it has; 0 where it is no list.</param>
    internal static IReadOnlyList<SurveyedObject> Read(ReadOnlySpan<byte> octets, out int announced)
    {
        announced = 0;
        List<SurveyedObject> objects = [];
        AxdrReader reader = new(octets);
        if (!reader.TryReadOctet(out byte tag) || tag != (byte)DlmsDataType.Array || !reader.TryReadLength(out announced))
        {
            return objects;
        }

        for (int index = 0; index < announced && reader.TrySkipValue(out ReadOnlySpan<byte> encoded); index++)
        {
            if (DlmsDataCodec.Decode(encoded, out DlmsData element, out _, out CodecFault _) == OperationStatus.Done
                && Element(element) is { } found)
            {
                objects.Add(found);
            }
        }

        return objects;
    }

    private static SurveyedObject? Element(DlmsData element)
    {
        bool isElement = element.Items.Count == ElementParts
            && element.Items[ClassPart].TryGetInt64(out _)
            && element.Items[VersionPart].TryGetInt64(out _)
            && element.Items[NamePart].Octets.Length == ObisCode.OctetCount;
        if (!isElement)
        {
            return null;
        }

        _ = element.Items[ClassPart].TryGetInt64(out long classId);
        _ = element.Items[VersionPart].TryGetInt64(out long version);
        DlmsData rights = element.Items[RightsPart];
        return new SurveyedObject(
            unchecked((ushort)classId), unchecked((byte)version), ObisCode.FromOctets(element.Items[NamePart].Octets.Span),
            rights.Items.Count > 0 ? Members(rights.Items[0]) : [], rights.Items.Count > 1 ? Members(rights.Items[1]) : []);
    }

    private static List<SurveyedMember> Members(DlmsData list)
    {
        List<SurveyedMember> members = [];
        foreach (DlmsData item in list.Items)
        {
            if (item.Items.Count >= 2 && item.Items[0].TryGetInt64(out long id) && item.Items[1].TryGetInt64(out long mode))
            {
                members.Add(new SurveyedMember((int)id, (int)mode));
            }
        }

        return members;
    }
}
