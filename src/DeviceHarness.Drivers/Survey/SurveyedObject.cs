using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Drivers.Survey;

/// <summary>An object of the list that a device gives.</summary>
/// <param name="ClassId">Its interface class.</param>
/// <param name="Version">The version of that class.</param>
/// <param name="Name">Its logical name.</param>
/// <param name="Attributes">Its attributes with the rights of the association.</param>
/// <param name="Methods">Its methods with the rights of the association.</param>
public sealed record SurveyedObject(
    ushort ClassId, byte Version, ObisCode Name, IReadOnlyList<SurveyedMember> Attributes, IReadOnlyList<SurveyedMember> Methods)
{
    private const byte CountrySpecific = 94;
    private const byte GreatBritain = 44;

    /// <summary>Whether the name is of the range that is set aside for Great Britain, 0-0:94.44.x: names of the GB companion specification,
    /// which second-generation meters have.</summary>
    public bool IsSecondGeneration => Name is { C: CountrySpecific, D: GreatBritain };

    /// <summary>Whether an attribute may be read, as far as the device tells.</summary>
    /// <param name="attribute">Its index.</param>
    public bool CanRead(int attribute) => Attributes.Any(member => member.Id == attribute && member.IsReadable);
}
