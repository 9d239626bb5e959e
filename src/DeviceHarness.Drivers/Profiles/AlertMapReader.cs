using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads the mapping <c>alerts</c> of a profile.</summary>
internal static class AlertMapReader
{
    private const int MaximumPart = 255;
    private const int MaximumLevels = 8;
    private const int CodeDigits = 4;

    /// <summary>Reads it.</summary>
    /// <param name="node">The mapping; null when the model tells nothing unasked.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    internal static AlertMap? Read(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        ConfigurationNode code = node.Require("code");
        CosemAttributeDescriptor attribute = new(
            (ushort)code.Require("class").AsInteger(1, ushort.MaxValue), DeviceProfileLoader.NameOf(code),
            (sbyte)code.Require("attribute").AsInteger(sbyte.MinValue, sbyte.MaxValue));
        AlertMap map = new(attribute, ReadPart(node.Find("part")), ReadCodes(node.Find("codes")));
        code.RejectOtherKeys();
        node.RejectOtherKeys();
        return map;
    }

    private static int[] ReadPart(ConfigurationNode? node)
    {
        if (node is null)
        {
            return [];
        }

        IReadOnlyList<ConfigurationNode> levels = node.Items();
        return levels.Count <= MaximumLevels
            ? [.. levels.Select(level => (int)level.AsInteger(1, MaximumPart))]
            : throw node.Wrong($"{levels.Count} levels", $"at most {MaximumLevels}");
    }

    private static Dictionary<int, string> ReadCodes(ConfigurationNode? node)
    {
        Dictionary<int, string> codes = [];
        foreach (string key in node?.Keys ?? [])
        {
            ConfigurationNode value = node!.Require(key);
            string text = value.AsText();
            bool isCode = text.Length == CodeDigits && text.All(digit => digit is (>= '0' and <= '9') or (>= 'A' and <= 'F'));
            if (!ushort.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            {
                throw value.Wrong($"the number '{key}'", "a number of 0 to 65535");
            }

            codes[number] = isCode ? text : throw value.Wrong($"'{text}'", "four hexadecimal digits, such as \"8F35\"");
        }

        return codes;
    }
}
