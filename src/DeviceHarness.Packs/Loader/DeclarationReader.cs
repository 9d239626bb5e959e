using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads what a pack says of its own size, and holds the pack against it.</summary>
internal static class DeclarationReader
{
    /// <summary>The key of a pack.</summary>
    public const string Key = "declares";

    private const string CasesKey = "cases";
    private const string WithDeviceKey = "cases-with-device";

    /// <summary>Reads the declaration; a pack that has less is a fault.</summary>
    /// <param name="node">The value of <c>declares</c>; null when the pack says nothing.</param>
    /// <param name="cases">The pack's cases, all of them read.</param>
    /// <param name="faults">Where to list what is wrong; what is wrong elsewhere leaves cases out, and then nothing is counted.</param>
    public static PackDeclaration Read(ConfigurationNode? node, IReadOnlyList<TestCase> cases, FaultList faults)
    {
        if (node is null)
        {
            return PackDeclaration.None;
        }

        int? declared = faults.Read(() => (int?)node.Find(CasesKey)?.AsInteger(1, PackLoader.MaximumCases));
        ConfigurationNode? share = node.Find(WithDeviceKey);
        (int? withDevice, int? percent) = faults.Read(() => ReadShare(share));
        faults.RejectOtherKeys(node);
        if (faults.IsEmpty)
        {
            int reach = cases.Count(testCase => testCase.TouchesDevice);
            if (cases.Count < declared)
            {
                faults.Add(node.Require(CasesKey).Fault(
                    PackFaults.Declaration, $"{cases.Count} cases", $"at least {declared}, as declared"));
            }

            if (reach < withDevice || reach * 100L < (long)(percent ?? 0) * cases.Count)
            {
                faults.Add(share!.Fault(
                    PackFaults.Declaration, $"{reach} of {cases.Count} cases that reach a device",
                    $"at least {share!.AsText()}, as declared"));
            }
        }

        return new PackDeclaration(declared, withDevice, percent);
    }

    private static (int? Cases, int? Percent) ReadShare(ConfigurationNode? node)
    {
        if (node is null)
        {
            return (null, null);
        }

        string text = node.AsText();
        bool isPercent = text.EndsWith('%');
        int most = isPercent ? 100 : PackLoader.MaximumCases;
        return int.TryParse(isPercent ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= 1 && value <= most
            ? isPercent ? (null, value) : (value, null)
            : throw node.Wrong($"'{text}'", $"a number of cases from 1 to {PackLoader.MaximumCases}, or a share such as 40%");
    }
}
