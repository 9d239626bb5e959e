namespace DeviceHarness.Duis.Catalogue;

/// <summary>What is known of one Service Request Variant.</summary>
/// <param name="Srv">The service reference variant, such as <c>4.1.1</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Criticality">How it is protected.</param>
/// <param name="DeviceTypes">The device types that have it; empty when no device is the target.</param>
/// <param name="UserRoles">The User Roles that may send it; empty when not known.</param>
/// <param name="Smets1">What is known of its use with SMETS1: <c>yes</c>, <c>harness</c>, <c>unlikely (inferred)</c> or empty. A hint,
/// never a refusal.</param>
/// <param name="CommandVariants">The command variants of SMETS2 and later.</param>
/// <param name="Modes">On demand, future dated, scheduled.</param>
/// <param name="RequestElement">The request's element in the ServiceUserGateway namespace.</param>
/// <param name="ResponseElement">The answer's element in the ResponseAndAlert namespace; empty when the answer has none.</param>
/// <param name="Notes">What else is known.</param>
/// <param name="Typed">Whether this harness has typed bodies for it.</param>
/// <param name="NotOnDevice">Why no SMETS1 device carries it out, and who answers; empty when one does.</param>
public sealed record SrvEntry(
    string Srv,
    string Name,
    SrvCriticality Criticality,
    IReadOnlyList<string> DeviceTypes,
    IReadOnlyList<string> UserRoles,
    string Smets1,
    IReadOnlyList<int> CommandVariants,
    IReadOnlyList<string> Modes,
    string RequestElement,
    string ResponseElement,
    string Notes,
    bool Typed,
    string NotOnDevice);
