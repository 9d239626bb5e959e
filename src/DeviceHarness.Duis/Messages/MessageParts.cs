using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Messages;

/// <summary>What requests and responses have in common.</summary>
internal static class MessageParts
{
    /// <summary>The root's mandatory attribute.</summary>
    public const string VersionAttribute = "schemaVersion";

    /// <summary>Reads the schema version and warns when it is not one of those that this reader was made for.</summary>
    public static string Version(ElementReader root, List<string> warnings)
    {
        string text = root.Attribute(VersionAttribute) ?? throw root.Fault($"attribute '{VersionAttribute}' is missing");
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal version))
        {
            throw root.Fault($"attribute '{VersionAttribute}': found '{ElementValues.Quoted(text)}'; allowed is a number such as 5.4");
        }

        if (version is < DuisSchema.OldestVersion or > DuisSchema.NewestVersion)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"schemaVersion {version} is outside {DuisSchema.OldestVersion} to {DuisSchema.NewestVersion}; the structure matched"));
        }

        return text;
    }

    /// <summary>Reads the service reference and its variant, which must belong together and be in the catalogue.</summary>
    public static SrvEntry References(ElementReader parent)
    {
        ElementReader reference = parent.Take(DuisNames.Sr, "ServiceReference").Only();
        ElementReader variant = parent.Take(DuisNames.Sr, "ServiceReferenceVariant").Only();
        return Pair(reference, variant);
    }

    /// <summary>Looks a reference and its variant up.</summary>
    public static SrvEntry Pair(ElementReader reference, ElementReader variant)
    {
        string srv = variant.Token();
        if (!SrvCatalogue.TryFind(srv, out SrvEntry? entry))
        {
            throw variant.Fault(
                $"found '{ElementValues.Quoted(srv)}'; allowed is one of the {SrvCatalogue.Entries.Count} variants of the catalogue");
        }

        string allowed = DuisSchema.ServiceReferenceOf(srv);
        return reference.Token() == allowed
            ? entry
            : throw reference.Fault($"found '{ElementValues.Quoted(reference.Token())}'; allowed with variant {srv}: {allowed}");
    }

    /// <summary>Takes a signature, when there is one.</summary>
    public static bool Signature(ElementReader parent) => parent.TryTake(DuisNames.Ds, "Signature", out _);

    /// <summary>The two reference elements.</summary>
    public static IEnumerable<XElement> References(XNamespace space, string serviceReferenceVariant) =>
    [
        new XElement(space + "ServiceReference", DuisSchema.ServiceReferenceOf(serviceReferenceVariant)),
        new XElement(space + "ServiceReferenceVariant", serviceReferenceVariant),
    ];
}
