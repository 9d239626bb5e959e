using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Service;

/// <summary>Whether the originator is the one who may send a request to a device: by registration and by certificate.</summary>
/// <remarks>The rule of time is clause 6.1(f) of the SRPD, second-hand through SEC modification DP107: for the whole of the request's date
/// range, else at its execution, else now.</remarks>
internal static class EligibilityRules
{
    private static readonly string[] RegisteredRoles = ["IS", "GS", "ES", "ED", "GT"];

    private static readonly string[] OperatorRoles = ["ED", "GT"];

    /// <summary>Says why the originator is not registered for the request; null when it is, or when nothing is known of the
    /// device.</summary>
    public static string? Registration(CheckContext context)
    {
        // On a later device the holder of the certificate may put a wrong one right, whoever is registered.
        if (Governed(context) is not { Registrations.Count: > 0 } ownership || IsByCertificateAlone(context))
        {
            return null;
        }

        (DateTimeOffset from, DateTimeOffset to) = TimeOf(context.Request.Body, context.Now);
        string[] roles = RolesOf(context);
        if (roles.Length == 0 || roles.Any(role => ownership.IsRegistered(role, context.Request.Id.Originator, from, to)))
        {
            return null;
        }

        string time = from == to
            ? $"at {DuisText.Time(from)}"
            : $"from {DuisText.Time(from)} to {DuisText.Time(to)}";
        return $"{context.Request.Id.Originator} is not registered as {string.Join(" or ", roles)} for {context.Device!.DeviceId} {time}";
    }

    /// <summary>Says why the originator's certificate is not the device's; null when it is, or when that is not known or not asked
    /// for.</summary>
    public static string? Certificate(CheckContext context)
    {
        if (context.Entry.Criticality != SrvCriticality.Critical || Governed(context) is not { } ownership)
        {
            return null;
        }

        Eui64?[] owners = [.. RolesOf(context).Select(ownership.CertificateOf).Where(owner => owner is not null).Distinct()];
        return owners.Length == 0 || owners.Contains(context.Request.Id.Originator)
            ? null
            : $"the certificate on {context.Device!.DeviceId} is of {string.Join(" or ", owners)}, not of {context.Request.Id.Originator}";
    }

    /// <summary>Says that the SMETS1 Service Provider holds another's network operator certificate than the Data Service Provider; null
    /// when both hold the originator's, or when it is not asked for.</summary>
    public static string? ServiceProviderCopy(CheckContext context) =>
        context.Entry.Criticality == SrvCriticality.Critical
            && context.Device is { Smets1: true, Ownership: { ProxiesDiffer: true } ownership }
            && RolesOf(context).Any(OperatorRoles.Contains)
            && ownership.ServiceProviderCopy != context.Request.Id.Originator
            ? $"the network operator certificate of {context.Device.DeviceId} is of {ownership.NetworkOperatorCertificate} at the DSP "
                + $"and of {ownership.ServiceProviderCopy} at the S1SP"
            : null;

    private static DeviceOwnership? Governed(CheckContext context) =>
        context.Entry.Criticality == SrvCriticality.NonDevice ? null : context.Device?.Ownership;

    private static bool IsByCertificateAlone(CheckContext context) =>
        context.Device is { Smets1: false } && context.Entry.Criticality == SrvCriticality.Critical && !context.AsksRegistrationAlways;

    private static string[] RolesOf(CheckContext context) =>
    [
        .. context.UserRoles.Where(role =>
            RegisteredRoles.Contains(role) && (context.Entry.UserRoles.Count == 0 || context.Entry.UserRoles.Contains(role))),
    ];

    private static (DateTimeOffset From, DateTimeOffset To) TimeOf(SrvRequestBody body, DateTimeOffset now)
    {
        ReadLogPeriod? period = body switch
        {
            RetrieveImportDailyReadLog read => read.Period,
            ReadEventOrSecurityLog read => read.Period,
            _ => null,
        };
        if (period is { } span)
        {
            return (span.Start, span.End);
        }

        DateTimeOffset execution = body is IFutureDatable { ExecutionDateTime: { } time } && time > now ? time : now;
        return (execution, execution);
    }
}
