namespace DeviceHarness.Drivers.Survey;

/// <summary>Why something of a device is not known.</summary>
/// <param name="Code">The stable code, <c>SURV-001</c> to <c>SURV-013</c>.</param>
/// <param name="Text">What happened.</param>
/// <param name="Advice">What to try.</param>
public sealed record SurveyProblem(string Code, string Text, string Advice)
{
    /// <summary>No device answered anything.</summary>
    public const string NothingAnswered = "SURV-001";

    /// <summary>Octets came, and none of them made a message.</summary>
    public const string OnlyNoise = "SURV-002";

    /// <summary>The device identifies itself by IEC 62056-21 and cannot be brought to HDLC.</summary>
    public const string NoHdlc = "SURV-003";

    /// <summary>A station answers and refuses to connect.</summary>
    public const string RefusesLink = "SURV-004";

    /// <summary>The device opens no association with the public client.</summary>
    public const string NoAssociation = "SURV-005";

    /// <summary>The device refuses its object list.</summary>
    public const string NoObjectList = "SURV-006";

    /// <summary>The object list ends before all objects that it announced.</summary>
    public const string ListCutShort = "SURV-007";

    /// <summary>The object list does not end.</summary>
    public const string ListWithoutEnd = "SURV-008";

    /// <summary>The device fell silent.</summary>
    public const string FellSilent = "SURV-009";

    /// <summary>The device breaks the protocol.</summary>
    public const string BreaksProtocol = "SURV-010";

    /// <summary>The device refuses the password.</summary>
    public const string PasswordRefused = "SURV-011";

    /// <summary>The password was not sent, since one failed before.</summary>
    public const string PasswordNotSent = "SURV-012";

    /// <summary>The port was lost.</summary>
    public const string PortLost = "SURV-013";
}
