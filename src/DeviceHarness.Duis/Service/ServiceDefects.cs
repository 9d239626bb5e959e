using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Duis.Service;

/// <summary>The defects that can be planted in the simulated service, by the names that command lines use, with their parameters:
/// <c>name</c> or <c>name:parameter=value,parameter=value</c>.</summary>
public static class ServiceDefects
{
    private static readonly FrozenDictionary<string, Row> Rows = new Dictionary<string, Row>(StringComparer.Ordinal)
    {
        ["late-acknowledgement"] = new(["share", "delay", "srv", "times", "seed"], AcknowledgeLate),
        ["late-response"] = new(["delay", "share", "srv", "times", "seed"], RespondLate),
        ["lost-response"] = new(["srv", "share", "times", "seed"], LoseResponses),
        ["before-mp105"] = new([], _ => (options, _) => options with { DeviceStatus = DeviceStatusRules.BeforeMp105 }),
        ["proxy-out-of-step"] = new([], _ => (options, _) => options with { ServiceProviderKeepsCertificates = true }),
        ["dormancy-not-asked"] = new([], _ => (options, _) => options with { AsksNoDormancy = true }),
        ["registration-always"] = new([], _ => (options, _) => options with { AsksRegistrationAlways = true }),
        ["suspension-ignored"] = new([], _ => (options, _) => options with { DeviceStatus = DeviceStatusRules.SuspensionIgnored }),
        ["exemptions-forgotten"] = new([], _ => (options, _) => options with { DeviceStatus = DeviceStatusRules.ExemptionsForgotten }),
        ["upset-by-upgrade"] = new(["delay"], UpsetByUpgrades),
        ["alerts-not-throttled"] = new([], _ => (options, _) => options with { AlertThrottle = null }),
        ["dated-request-early"] = new([], _ => (options, _) => options with { SendsDatedRequestsAtOnce = true }),
        ["withdrawal-ignored"] = new([], _ => (options, _) => options with { KeepsWithdrawnRequests = true }),
        ["log-result-untold"] = new([], _ => (options, _) => options with { TellsNoDeviceLogResult = true }),
        ["threshold-ignored"] = new([], _ => (options, _) => options with { AnomalyThresholds = AnomalyThresholds.None }),
        ["dormant-supplier-lost"] = new([], _ => (options, _) =>
            options with { Migration = options.Migration with { LosesDormantSupplier = true } }),
        ["file-order-ignored"] = new([], _ => (options, _) => options with { Migration = options.Migration with { TakesAnyOrder = true } }),
        ["slow-migration-hidden"] = new([], _ => (options, _) =>
            options with { Migration = options.Migration with { HidesSlowness = true } }),
        ["rotation-not-repeated"] = new([], _ => (options, _) => options with { KeyRotation = KeyRotationPolicy.BeforeFix }),
        ["requests-not-replicated"] = new([], _ => (options, _) => options with { Sites = options.Sites with { Requests = false } }),
        ["tokens-not-replicated"] = new([], _ => (options, _) => options with { Sites = options.Sites with { Tokens = false } }),
        ["replay-accepted"] = new([], _ => Without("counter")),
        ["role-ignored"] = new([], _ => Without("user-role")),
        ["unknown-user-accepted"] = new([], _ => WithUnknownUsers),
        ["status-ignored"] = new([], _ => Without("device-status")),
        ["registration-ignored"] = new([], _ => Without("user-authorised")),
        ["certificate-owner-ignored"] = new([], _ => Without("certificate-owner")),
        ["variant-ignored"] = new([], _ => Without("command-variant")),
        ["path-ignored"] = new([], _ => Without("service-path")),
        ["signature-ignored"] = new([], _ => (options, _) => options with { RequestSignatures = RequestSignaturePolicy.NotChecked }),
        ["certificate-unchecked"] = new([], _ => (options, _) => options with { TakesAnyCertificate = true }),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rows.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The parameters that a defect takes; empty when it takes none, or is not known.</summary>
    public static IReadOnlyList<string> ParametersOf(string name) => Rows.TryGetValue(name, out Row? row) ? row.Parameters : [];

    /// <summary>Reads a defect.</summary>
    /// <param name="text">The defect, as <c>name</c> or <c>name:parameter=value,…</c>.</param>
    /// <param name="defect">The defect.</param>
    /// <param name="fault">What is wrong with the text.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ServiceDefect? defect, [NotNullWhen(false)] out DefectFault? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        defect = null;
        string[] parts = text.Split(':', 2);
        if (!Rows.TryGetValue(parts[0], out Row? row))
        {
            fault = new DefectFault($"'{parts[0]}'", string.Join(", ", Names));
            return false;
        }

        DefectParameters parameters = new(parts.Length == 1 ? string.Empty : parts[1], row.Parameters);
        Func<ServiceOptions, Eui64, ServiceOptions> plant = row.Read(parameters);
        fault = parameters.Fault;
        if (fault is not null)
        {
            return false;
        }

        defect = new ServiceDefect(parts[0], plant);
        return true;
    }

    /// <summary>A service that leaves checks out.</summary>
    private static Func<ServiceOptions, Eui64, ServiceOptions> Without(params string[] checks) => (options, _) =>
        options with { Checks = [.. options.Checks.Where(check => !checks.Contains(check.Name))] };

    /// <summary>A service that takes requests of originators who are no User; those of Users are checked.</summary>
    private static ServiceOptions WithUnknownUsers(ServiceOptions options, Eui64 device) => options with
    {
        Checks =
        [
            .. options.Checks.Where(check => check.Name != "user-known").Select(check => check.Name != "user-role" ? check : check with
            {
                Finds = context => context.UserRoles.Count == 0 ? null : check.Finds!(context),
            }),
        ],
    };

    private static Func<ServiceOptions, Eui64, ServiceOptions> AcknowledgeLate(DefectParameters parameters)
    {
        LateAcknowledgement usual = new();
        return Add(parameters, usual with { Share = parameters.Share(usual.Share), Delay = parameters.Delay(usual.Delay) });
    }

    private static Func<ServiceOptions, Eui64, ServiceOptions> RespondLate(DefectParameters parameters)
    {
        LateResponse usual = new();
        return Add(parameters, usual with { Share = parameters.Share(usual.Share), Delay = parameters.Delay(usual.Delay) });
    }

    private static Func<ServiceOptions, Eui64, ServiceOptions> UpsetByUpgrades(DefectParameters parameters)
    {
        TimeSpan delay = parameters.Delay(TimeSpan.FromMinutes(10));
        return (options, _) => options with { UpsetByUpgrade = delay };
    }

    private static Func<ServiceOptions, Eui64, ServiceOptions> LoseResponses(DefectParameters parameters) =>
        Add(parameters, new LostResponse { Share = parameters.Share(1) }, "11.3");

    private static Func<ServiceOptions, Eui64, ServiceOptions> Add(DefectParameters parameters, RequestFault fault, string? srv = null)
    {
        RequestFault hit = fault with { Srv = parameters.Srv(srv), Times = parameters.Times(), Seed = parameters.Seed() };
        return (options, device) =>
            options with { Faults = [.. options.Faults, hit with { Devices = new HashSet<Eui64> { device } }] };
    }

    private sealed record Row(
        IReadOnlyList<string> Parameters, Func<DefectParameters, Func<ServiceOptions, Eui64, ServiceOptions>> Read);
}
