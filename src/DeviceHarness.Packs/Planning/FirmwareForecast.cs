using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Planning;

/// <summary>Tells before a run which cycle can run the cases that change a device's firmware, by what the device runs then.</summary>
/// <remarks>It follows each device from the version that it runs now, as if every case did what it says. A case that the bench lacks a
/// device for is left out: the plan tells that already.</remarks>
public sealed class FirmwareForecast
{
    /// <summary>The variant that makes a device run the image which it holds.</summary>
    internal const string Activation = "11.3";

    private static readonly string[] Activations = [Activation, UpdatePpmidFirmware.Variant];

    private readonly TestPack _pack;
    private readonly IReadOnlyList<TestCase> _cases;
    private readonly IReadOnlyList<BenchDevice> _devices;
    private readonly RunOptions _options;
    private readonly Dictionary<Eui64, string> _runs;
    private readonly List<FirmwareOutlook> _outlooks = [];

    private FirmwareForecast(
        TestPack pack, IReadOnlyCollection<string> only, IReadOnlyList<BenchDevice> devices, IReadOnlyDictionary<Eui64, string> versions,
        FirmwareRegister? register)
    {
        _pack = pack;
        _cases = [.. pack.Select(only, out _).Where(testCase => testCase.Firmware is not null)];
        _devices = devices;
        _options = new RunOptions { FirmwareRegister = register };
        _runs = versions.ToDictionary();
    }

    /// <summary>Forecasts the cycles of a run.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="only">The ids of the cases to run, as <see cref="TestPack.Select"/> takes them; empty for all.</param>
    /// <param name="devices">The devices of the bench.</param>
    /// <param name="versions">What each device runs now; left out, or empty, where that is not known.</param>
    /// <param name="register">The images that are known; null when the bench names no register.</param>
    /// <param name="cycles">How many cycles, 1 and more.</param>
    /// <returns>The outlook of each case with an image pair, cycle by cycle in the order of the pack.</returns>
    public static IReadOnlyList<FirmwareOutlook> Of(
        TestPack pack, IReadOnlyCollection<string> only, IReadOnlyList<BenchDevice> devices, IReadOnlyDictionary<Eui64, string> versions,
        FirmwareRegister? register, int cycles)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(only);
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cycles);
        FirmwareForecast forecast = new(pack, only, devices, versions, register);
        for (int cycle = 1; cycle <= cycles; cycle++)
        {
            foreach (TestCase testCase in forecast._cases)
            {
                forecast.Follow(cycle, testCase);
            }
        }

        return forecast._outlooks;
    }

    /// <summary>Whether a case puts the older image back, as far as its steps tell.</summary>
    public static bool PutsBack(TestCase testCase)
    {
        ArgumentNullException.ThrowIfNull(testCase);
        return testCase.Cleanup.Any(step => step is RequestStep { TouchesDevice: true } request && Activates(request));
    }

    /// <summary>Whether a request makes a device run another image: 11.3, and 11.4, which brings it too.</summary>
    internal static bool Activates(RequestStep step) => Activations.Contains(step.ServiceReferenceVariant);

    private void Follow(int cycle, TestCase testCase)
    {
        if (!DeviceBindings.TryBind(testCase, _devices, out DeviceBindings bindings, out _))
        {
            return;
        }

        ImagePair pair = testCase.Firmware!;
        BenchDevice device = bindings.Find(testCase.Device)!;
        string runs = _runs.GetValueOrDefault(device.Eui64) ?? string.Empty;
        string? reason = pair.WhyNot(device.Id.Value, runs) ?? ImageRules.WhyNot(testCase, bindings, _options);
        FirmwareOutlookKind kind = reason is not null ? FirmwareOutlookKind.Cannot
            : runs.Length == 0 ? FirmwareOutlookKind.Unknown
            : FirmwareOutlookKind.CanRun;
        _outlooks.Add(new FirmwareOutlook(
            cycle, testCase.Id, device.Id.Value, runs, pair, kind, reason ?? Remark(device, runs, pair, cycle)));
        if (kind != FirmwareOutlookKind.Cannot)
        {
            _runs[device.Eui64] = After(testCase, pair);
        }
    }

    /// <summary>What the device runs after the case; empty when nobody can say.</summary>
    private static string After(TestCase testCase, ImagePair pair) => (PutsBack(testCase), pair.Downgrade) switch
    {
        (false, _) or (_, DowngradePolicy.Refused) => pair.To,
        (_, DowngradePolicy.Allowed) => pair.From,
        _ => string.Empty,
    };

    private static string Remark(BenchDevice device, string runs, ImagePair pair, int cycle) => runs.Length > 0
        ? string.Empty
        : cycle > 1 && pair.Downgrade == DowngradePolicy.Unknown
            ? $"nobody has said whether {device.Id.Value} goes back from {pair.To} to {pair.From}"
            : $"what {device.Id.Value} runs is not known: read it with 11.2";
}

/// <summary>Whether a cycle can run a case that changes a device's firmware.</summary>
/// <param name="Cycle">The cycle, from 1.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Device">Its device under test.</param>
/// <param name="Runs">The version that the device runs when the case begins; empty when that is not known.</param>
/// <param name="Pair">The image pair of the case.</param>
/// <param name="Kind">Whether the cycle can run it.</param>
/// <param name="Reason">Why it cannot, or why that is not known; empty when it can.</param>
public sealed record FirmwareOutlook(
    int Cycle, string CaseId, string Device, string Runs, ImagePair Pair, FirmwareOutlookKind Kind, string Reason);

/// <summary>Whether a cycle can run a case.</summary>
public enum FirmwareOutlookKind
{
    /// <summary>It can.</summary>
    CanRun,

    /// <summary>It cannot: the case would end Blocked.</summary>
    Cannot,

    /// <summary>Nobody can say: it depends on a version or a policy that is not known.</summary>
    Unknown,
}
