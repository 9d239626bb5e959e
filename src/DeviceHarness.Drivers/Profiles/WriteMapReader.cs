using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads the mapping <c>writes</c> of a profile.</summary>
internal static class WriteMapReader
{
    private const string LeftOut = "left out";
    private const string Always = "always ";
    private const long MaximumWordNumber = uint.MaxValue;

    /// <summary>Reads it.</summary>
    /// <param name="node">The mapping; null when the profile has none.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    internal static WriteMap Read(ConfigurationNode? node)
    {
        if (node is null)
        {
            return WriteMap.None;
        }

        Dictionary<string, IReadOnlyDictionary<string, WriteObject>> variants = new(StringComparer.Ordinal);
        foreach ((string srv, string[] fields) in WriteFields.ByVariant)
        {
            if (node.Find(srv) is { } variant)
            {
                variants[srv] = ReadVariant(variant, fields);
            }
        }

        node.RejectOtherKeys();
        return new WriteMap(variants);
    }

    private static Dictionary<string, WriteObject> ReadVariant(ConfigurationNode variant, string[] fields)
    {
        Dictionary<string, WriteObject> objects = new(StringComparer.Ordinal);
        foreach (string field in fields)
        {
            if (variant.Find(field) is { } found)
            {
                objects[field] = found.IsScalar ? ReadNothing(found) : ReadObject(found);
            }
        }

        variant.RejectOtherKeys();
        return objects;
    }

    private static WriteObject ReadNothing(ConfigurationNode node)
    {
        string text = node.AsText();
        return text == LeftOut ? new WriteObject { IsLeftOut = true }
            : text.StartsWith(Always, StringComparison.Ordinal) ? new WriteObject { Always = text[Always.Length..] }
            : throw node.Wrong($"'{text}'", $"an object, '{LeftOut}', or '{Always}' and what the model always is");
    }

    private static WriteObject ReadObject(ConfigurationNode node)
    {
        ushort classId = (ushort)node.Require("class").AsInteger(1, ushort.MaxValue);
        ObisCode name = DeviceProfileLoader.NameOf(node);
        sbyte? attribute = (sbyte?)node.Find("attribute")?.AsInteger(sbyte.MinValue, sbyte.MaxValue);
        sbyte? method = (sbyte?)node.Find("method")?.AsInteger(sbyte.MinValue, sbyte.MaxValue);
        WriteObject read = new()
        {
            Attribute = attribute is { } written ? new CosemAttributeDescriptor(classId, name, written) : null,
            Method = method is { } invoked ? new CosemMethodDescriptor(classId, name, invoked) : null,
            Form = node.Find("form") is { } form ? ReadForm(form) : method is null ? DataForm.AsItIs : DataForm.IntegerZero,
            Words = node.Find("words") is { } words ? ReadWords(words) : new Dictionary<string, long>(),
            Script = node.Find("script") is { } script ? ReadScript(script) : null,
            IsEarly = node.Find("early")?.AsBoolean() ?? false,
        };
        node.RejectOtherKeys();
        return (attribute is null) == (method is null)
            ? throw node.Wrong(attribute is null ? "neither attribute nor method" : "attribute and method", "one of attribute, method")
            : read;
    }

    private static DataForm ReadForm(ConfigurationNode node) => DataForm.TryParse(node.AsText(), out DataForm form)
        ? form
        : throw node.Wrong($"'{node.AsText()}'", "a form such as 'double-long value' or 'structure{enum value, enum 1}'");

    private static ObisCode ReadScript(ConfigurationNode node) => ObisCode.TryParse(node.AsText(), out ObisCode script)
        ? script
        : throw node.Wrong($"'{node.AsText()}'", "the logical name of a script table such as 0-0:10.0.100.255");

    private static Dictionary<string, long> ReadWords(ConfigurationNode node) => node.Keys.ToDictionary(
        key => key, key => node.Require(key).AsInteger(0, MaximumWordNumber), StringComparer.Ordinal);
}
