namespace DeviceHarness.Abstractions.Errors;

/// <summary>The device refused the association: wrong key, password, mechanism or counter.</summary>
public sealed class AssociationRefusedException : DeviceRefusedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was attempted, never the secret.</param>
    /// <param name="diagnostic">The ACSE diagnostic.</param>
    /// <param name="diagnosticName">The standard's name of the diagnostic.</param>
    /// <param name="mechanism">The authentication mechanism that was offered.</param>
    public AssociationRefusedException(string code, string message, int diagnostic, string diagnosticName, string mechanism)
        : base(code, $"{message}, mechanism {mechanism}", diagnostic, diagnosticName) => Mechanism = mechanism;

    /// <summary>The authentication mechanism that was offered.</summary>
    public string Mechanism { get; }
}
