using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Service;

namespace DeviceHarness.Cli.Commands;

/// <summary>Which built-in pack shows which defect.</summary>
internal static class DemoPack
{
    /// <summary>The pack of a demo without defects.</summary>
    public const string Default = "dmct-smoke";

    private const string Firmware = "firmware";
    private const string Suspended = "suspended-devices";
    private const string Certificates = "operator-certificates";
    private const string Migration = "migration";
    private const string Prepayment = "prepayment";
    private const string Order = "firmware-order";
    private const string Service = "--pack service-provider --rig-config rigs/service/rig.yaml";
    private const string Installations = "--pack installation-migration --rig-config rigs/migration/rig.yaml";
    private const string Security = "--pack security-negative --rig-config rigs/srvt/rig.yaml";

    /// <summary>The defects of the image transfer: only a pack that delivers images sees them.</summary>
    private static readonly HashSet<string> OfFirmware = new(StringComparer.Ordinal)
    {
        "phantom-image", "verify-lies", "verify-fails", "image-hash-wrong", "activation-lies", "activation-fails", "block-lost",
        "resume-forgets", "wrong-image-accepted", "power-cut", "upset-by-upgrade", "hub-power-cut",
        "bricked-by-power-cut",
    };

    /// <summary>The defects that only a Suspended device shows.</summary>
    private static readonly HashSet<string> OfSuspension =
        new(StringComparer.Ordinal) { "before-mp105", "exemptions-forgotten", "lost-response", "suspension-ignored" };

    /// <summary>The defects that only requests about certificates show.</summary>
    private static readonly HashSet<string> OfCertificates =
        new(StringComparer.Ordinal) { "proxy-out-of-step", "certificate-unchecked", "certificate-owner-ignored" };

    /// <summary>The defects that only the DCC's own requests show.</summary>
    private static readonly HashSet<string> OfMigration = new(StringComparer.Ordinal) { "dormancy-not-asked" };

    /// <summary>The defects of tokens, account and what becomes of the supply without credit.</summary>
    private static readonly HashSet<string> OfPrepayment = new(StringComparer.Ordinal)
    {
        "token-taken-twice", "token-not-credited", "foreign-token-taken", "misprint-taken", "forged-token-taken", "token-limit-ignored",
        "debt-not-recovered", "emergency-credit-refused", "supply-on-without-credit",
    };

    /// <summary>The defects of dates of activation and of the order of versions.</summary>
    private static readonly HashSet<string> OfOrder =
        new(StringComparer.Ordinal) { "upgrade-path-ignored", "dated-activation-early", "cancel-ignored" };

    private static readonly HashSet<string> OfSmoke = new(StringComparer.Ordinal)
    {
        "clock-refused", "empty-range-error", "event-missing", "late-acknowledgement", "late-answer", "log-shifted", "no-answer",
        "stuck-version", "switch-lies", "wrong-scaler",
    };

    /// <summary>The defects that take another rig than the demo's own, with what to ask for.</summary>
    private static readonly Dictionary<string, string> OfOtherRigs = new(StringComparer.Ordinal)
    {
        ["auxiliary-disturbed"] = "--pack auxiliary-load --rig-config rigs/models/rig.yaml",
        ["registration-always"] = "--pack operator-certificates-smets2 --rig-config rigs/smets2/rig.yaml",
        ["alert-lost"] = "--pack alerts --rig-config rigs/alerts/rig.yaml",
        ["unconfirmed-key-rotation"] = "--pack key-rotation --rig-config rigs/secured/rig.yaml",
        ["rotation-lies"] = "--pack key-rotation --rig-config rigs/secured/rig.yaml",
        ["alerts-not-throttled"] = "--pack alerts --rig-config rigs/alerts/rig.yaml",
        ["rotation-not-repeated"] = "--pack key-automation --rig-config rigs/secured/rig.yaml",
        ["dated-request-early"] = Service,
        ["withdrawal-ignored"] = Service,
        ["threshold-ignored"] = Service,
        ["dormant-supplier-lost"] = Installations,
        ["file-order-ignored"] = Installations,
        ["slow-migration-hidden"] = Installations,
        ["status-ignored"] = "--pack dmct-srv",
        ["replay-accepted"] = Security,
        ["role-ignored"] = Security,
        ["unknown-user-accepted"] = Security,
        ["registration-ignored"] = Security,
        ["variant-ignored"] = Security,
        ["path-ignored"] = Security,
    };

    /// <summary>Every defect under the pack that shows it, for help.</summary>
    public static string Help => string.Join("; ", VirtualBenchHost.DefectNames.Concat(PlantedDefect.Names)
        .GroupBy(Shown)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Order(StringComparer.Ordinal))}"));

    /// <summary>The pack that shows defects.</summary>
    /// <param name="defects">Names, as <c>name</c> or <c>device:name</c>, with parameters or without.</param>
    /// <exception cref="CommandException">No one pack shows them all.</exception>
    public static string Of(IReadOnlyList<string> defects)
    {
        string[] packs = [.. defects.Select(defect => PackOf(defect)).Distinct()];
        return packs.Length switch
        {
            0 => Default,
            1 => packs[0],
            _ => throw new CommandException(
                ExitCode.Usage,
                "no one pack shows all of these defects: "
                + string.Join(", ", defects.Select(defect => $"{defect} ({PackOf(defect)})"))
                + ". Run a demo for each, or choose with --pack."),
        };
    }

    private static string Shown(string name) =>
        Names(name).Select(OfOtherRigs.GetValueOrDefault).FirstOrDefault(asked => asked is not null) is { } other ? $"shown with {other}"
        : PackOf(name) is { } pack && (pack != Default || Names(name).Any(OfSmoke.Contains))
        ? $"shown by {pack}"
        : "shown by no built-in pack yet";

    private static string PackOf(string defect) => Names(defect).Any(OfFirmware.Contains) ? Firmware
        : Names(defect).Any(OfSuspension.Contains) ? Suspended
        : Names(defect).Any(OfCertificates.Contains) ? Certificates
        : Names(defect).Any(OfMigration.Contains) ? Migration
        : Names(defect).Any(OfPrepayment.Contains) ? Prepayment
        : Names(defect).Any(OfOrder.Contains) ? Order
        : Default;

    /// <summary>What of a defect's text may be its name: a device may stand before it, parameters after it.</summary>
    private static IEnumerable<string> Names(string defect) => defect.Split(':', '[').Take(2);
}
