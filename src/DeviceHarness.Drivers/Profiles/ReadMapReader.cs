using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads the mapping <c>reads</c> of a profile.</summary>
internal static class ReadMapReader
{
    private const int MaximumPart = 255;
    private const int MaximumLevels = 8;
    private const sbyte BufferAttribute = 2;
    private const ushort ScheduleClass = 10;

    private static readonly Dictionary<string, byte> Units = new()
    {
        ["Wh"] = CosemUnit.WattHour,
        ["varh"] = CosemUnit.VarHour,
        ["W"] = CosemUnit.Watt,
        ["var"] = CosemUnit.Var,
        ["V"] = CosemUnit.Volt,
        ["A"] = CosemUnit.Ampere,
    };

    // "1 on" to "5 off".
    private static readonly Dictionary<string, LoadScript> LoadScripts = Enumerable.Range(1, AuxiliaryLoadIndex.Last)
        .SelectMany(load => (LoadScript[])[new LoadScript(load, true), new LoadScript(load, false)])
        .ToDictionary(script => string.Create(CultureInfo.InvariantCulture, $"{script.Load} {(script.IsOn ? "on" : "off")}"));

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

    /// <summary>A unit as profiles write it.</summary>
    internal static string NameOf(byte unit) => Units.First(known => known.Value == unit).Key;

    private static Dictionary<string, ReadObject> ReadVariant(ConfigurationNode variant, string[] fields)
    {
        Dictionary<string, ReadObject> objects = new(StringComparer.Ordinal);
        foreach (string field in fields)
        {
            if (variant.Find(field) is { } found)
            {
                objects[field] = field switch
                {
                    ReadFields.Log => ReadLog(found),
                    ReadFields.Schedule => ReadSchedule(found),
                    _ => ReadValue(found),
                };
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

    private static ReadObject ReadSchedule(ConfigurationNode node)
    {
        ConfigurationNode scripts = node.Require("scripts");
        ReadObject schedule = new(
            new CosemAttributeDescriptor(
                (ushort)node.Require("class").AsInteger(ScheduleClass, ScheduleClass),
                DeviceProfileLoader.NameOf(node),
                (sbyte)node.Require("attribute").AsInteger(sbyte.MinValue, sbyte.MaxValue)),
            Scripts: scripts.Keys.ToDictionary(key => ScriptNumber(scripts, key), key => scripts.Require(key).AsOneOf(LoadScripts)));
        node.RejectOtherKeys();
        return schedule;
    }

    private static long ScriptNumber(ConfigurationNode scripts, string key) =>
        ushort.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? number
            : throw scripts.Wrong($"script '{key}'", $"the number of a script, 0 to {ushort.MaxValue}");

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
