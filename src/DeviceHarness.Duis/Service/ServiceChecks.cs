using System.Globalization;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Duis.Service;

/// <summary>The checks of the simulated service, in order. The order is data: another list may be given to the service.</summary>
/// <remarks>The codes are of the DUIS schema, their meaning of a public quick reference. The order is not public: this one is an
/// assumption.</remarks>
public static class ServiceChecks
{
    /// <summary>The code for a counter that is not higher than the last one. No public source says which code the service gives: an
    /// assumption.</summary>
    public const string AssumedCounterCode = "E100";

    private const string NotAuthorised = "E4";

    /// <summary>The checks that are made again when a request that was held for a later time is sent.</summary>
    /// <remarks>An assumption: what the service looks at then is not public.</remarks>
    public static IReadOnlyCollection<string> AtExecution { get; } = ["device-known", "user-authorised", "device-status"];

    /// <summary>The table in its default order. Rows that are not checked say so.</summary>
    public static IReadOnlyList<ServiceCheck> Default { get; } =
    [
        new("well-formed", "", "well-formed, valid, of the catalogue: not a row's work, the reader refuses with path and line"),
        new(
            "signature",
            "",
            "the User's signature: not a row's work, its code is not public; none is required, a broken one is refused as malformed"),
        new("service-path", ResponseCodes.InvalidServicePath, "the service takes this command variant") { Finds = ServicePath },
        new("command-variant", ResponseCodes.InvalidCommandVariant, "the request has this command variant") { Finds = CommandVariant },
        new("device-known", ResponseCodes.UnknownDevice, "the target is in the inventory") { Finds = DeviceKnown },
        new("user-known", ResponseCodes.InvalidUser, "the originator is a User with a role") { Finds = UserKnown },
        new("user-role", ResponseCodes.InvalidUserRole, "the User's role may send this request") { Finds = UserRole },
        new("user-status", "E3", "the User's status: not checked, the harness knows no status of Users"),
        new("user-authorised", NotAuthorised, "the User is the one registered for the device and date, where the inventory holds that")
        {
            Finds = EligibilityRules.Registration,
        },
        new("certificate-owner", NotAuthorised, "a critical request comes from the User whose certificate the device holds, where known")
        {
            Finds = EligibilityRules.Certificate,
            CodeAssumed = true,
        },
        new("proxies", NotAuthorised, "an operator's critical request: the Service Provider holds its certificate too, where known")
        {
            Finds = EligibilityRules.ServiceProviderCopy,
            CodeAssumed = true,
        },
        new("dormant-upgrade", NotAuthorised, "the DCC itself upgrades dormant meters alone, and to what is on the products list")
        {
            Finds = DormantUpgradeRules.Eligibility,
            CodeAssumed = true,
        },
        new("device-status", ResponseCodes.InvalidDeviceStatus, "the device's status allows this request") { Finds = DeviceStatus },
        new("device-type", ResponseCodes.InvalidDeviceType, "the device's type has this request") { Finds = DeviceType },
        new("request-specific", "", "the checks of single requests: not checked, their codes' meanings are not public"),
        new("counter", AssumedCounterCode, "the counter is higher than the last one of this originator and target")
        {
            Finds = Counter,
            CodeAssumed = true,
        },
    ];

    /// <summary>Runs the checks in the table's order.</summary>
    /// <returns>The first failure; null when there is none.</returns>
    public static CheckFailure? FirstFailure(IReadOnlyList<ServiceCheck> table, CheckContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        foreach (ServiceCheck check in table)
        {
            if (check.Finds?.Invoke(context) is { } detail)
            {
                return new CheckFailure(check, detail);
            }
        }

        return null;
    }

    private static string? ServicePath(CheckContext context)
    {
        int variant = context.Request.CommandVariant;
        CommandVariantRules rules = context.CommandVariants;
        if (rules.Takes(context.Path, variant))
        {
            return null;
        }

        string allowed = string.Join(", ", rules.Paths[variant]);
        return Text($"command variant {variant} came to {context.Path}; rules {rules.Name} allow: {allowed}");
    }

    private static string? CommandVariant(CheckContext context)
    {
        int variant = context.Request.CommandVariant;
        CommandVariantRules rules = context.CommandVariants;
        IReadOnlyList<int> allowed = rules.VariantsOf(context.Entry);
        if (!allowed.Contains(variant))
        {
            return Text($"command variant {variant}; rules {rules.Name} allow for {context.Entry.Srv}: {string.Join(", ", allowed)}");
        }

        bool preCommand = context.Request.Body is SignedPreCommand;
        return preCommand == rules.SignedPreCommandVariants.Contains(variant)
            ? null
            : Text($"body {context.Request.Body.ElementName} with command variant {variant}: rules {rules.Name} do not allow that pair");
    }

    private static string? DeviceKnown(CheckContext context) =>
        context.Device is not null || context.Entry.Criticality == SrvCriticality.NonDevice
            ? null
            : $"device {context.Request.Id.Target} is not in the inventory";

    private static string? UserKnown(CheckContext context) => context.UserRoles.Count > 0
        ? null
        : $"originator {context.Request.Id.Originator} has no User Role";

    private static string? UserRole(CheckContext context)
    {
        IReadOnlyList<string> allowed = context.Entry.UserRoles;
        return allowed.Count == 0 || context.UserRoles.Any(allowed.Contains) || DormantUpgradeRules.MaySend(context)
            ? null
            : $"User Role {string.Join(", ", context.UserRoles)}; allowed for {context.Entry.Srv}: {string.Join(", ", allowed)}";
    }

    private static string? DeviceStatus(CheckContext context) =>
        context.Device is null || context.DeviceStatus.Accepts(context.Device, context.Request, context.Entry)
            ? null
            : $"device {context.Device.DeviceId} is {context.Device.Status}; rules {context.DeviceStatus.Name} refuse {context.Entry.Srv}";

    private static string? DeviceType(CheckContext context)
    {
        if (context.Device is null || context.Entry.Criticality == SrvCriticality.NonDevice)
        {
            return null;
        }

        return context.FirmwareUpdates.Offers(context.Entry, context.Device)
            ? null
            : $"device type {context.Device.DeviceType}; allowed for {context.Entry.Srv}: {string.Join(", ", context.Entry.DeviceTypes)} "
                + $"(firmware rules {context.FirmwareUpdates.Name}: {context.FirmwareUpdates.Source})";
    }

    private static string? Counter(CheckContext context) => context.LastCounter is not { } last || context.Request.Id.Counter > last
        ? null
        : Text($"counter {context.Request.Id.Counter}; allowed are counters above {last}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
