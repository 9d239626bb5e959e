using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads the mapping <c>reads</c> of a profile.</summary>
internal static class ReadMapReader
{
    private const int MaximumPart = 255;
    private const int MaximumLevels = 8;
    private const sbyte BufferAttribute = 2;

    private static readonly Dictionary<string, byte> Units = new()
    {
        ["Wh"] = CosemUnit.WattHour,
        ["varh"] = CosemUnit.VarHour,
        ["W"] = CosemUnit.Watt,
        ["var"] = CosemUnit.Var,
        ["V"] = CosemUnit.Volt,
        ["A"] = CosemUnit.Ampere,
    };

    private static readonly Dictionary<string, bool> Selections = new() { ["range"] = false, ["entry"] = true };

    /// <summary>Reads it.</summary>
    /// <param name="node">The mapping; null when the profile has none.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    internal static ReadMap Read(ConfigurationNode? node)
    {
        if (node is null)
        {
            return ReadMap.None;
        }

        Dictionary<string, IReadOnlyDictionary<string, ReadObject>> variants = new(StringComparer.Ordinal);
        foreach ((string srv, string[] fields) in ReadFields.ByVariant)
        {
            if (node.Find(srv) is { } variant)
            {
                variants[srv] = ReadVariant(variant, fields);
            }
        }

        node.RejectOtherKeys();
        return new ReadMap(variants);
    }

    private static Dictionary<string, ReadObject> ReadVariant(ConfigurationNode variant, string[] fields)
    {
        Dictionary<string, ReadObject> objects = new(StringComparer.Ordinal);
        foreach (string field in fields)
        {
            if (variant.Find(field) is { } found)
            {
                objects[field] = field == ReadFields.Log ? ReadLog(found) : ReadValue(found);
            }
        }

        if (fields.Contains(ReadFields.Log))
        {
            _ = variant.Require(ReadFields.Log);
        }

        variant.RejectOtherKeys();
        return objects;
    }

    private static ReadObject ReadLog(ConfigurationNode node)
    {
        ushort classId = (ushort)node.Require("class").AsInteger(ProfileGeneric.ClassId, ProfileGeneric.ClassId);
        bool selectsEntries = node.Find("selection")?.AsOneOf(Selections) ?? false;
        ReadObject log = new(
            new CosemAttributeDescriptor(classId, DeviceProfileLoader.NameOf(node), BufferAttribute), SelectsEntries: selectsEntries);
        node.RejectOtherKeys();
        return log;
    }

    private static ReadObject ReadValue(ConfigurationNode node)
    {
        ushort classId = (ushort)node.Require("class").AsInteger(1, ushort.MaxValue);
        sbyte attribute = (sbyte)node.Require("attribute").AsInteger(sbyte.MinValue, sbyte.MaxValue);
        ConfigurationNode? unit = node.Find("unit");
        ReadObject value = new(
            new CosemAttributeDescriptor(classId, DeviceProfileLoader.NameOf(node), attribute),
            unit?.AsOneOf(Units),
            node.Find("part") is { } part ? ReadPart(part) : null);
        node.RejectOtherKeys();
        return unit is null || ReadObject.HasScalerUnit(classId)
            ? value
            : throw unit.Wrong($"a unit of class {classId}", "a unit of a register (class 3 or 4)");
    }

    private static int[] ReadPart(ConfigurationNode node)
    {
        string[] levels = node.AsText().Split('.');
        List<int> part = [];
        foreach (string level in levels.Length <= MaximumLevels ? levels : [])
        {
            bool isPlace = int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out int place);
            if (isPlace && place is >= 1 and <= MaximumPart)
            {
                part.Add(place);
            }
        }

        return part.Count == levels.Length
            ? [.. part]
            : throw node.Wrong($"'{node.AsText()}'", $"places from 1 to {MaximumPart} such as 3.1.2, at most {MaximumLevels} levels");
    }
}
