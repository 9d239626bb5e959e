namespace DeviceHarness.Duis.Signatures;

/// <summary>A signature is not good, or not of the one form that DUIS uses. It does not leave this folder.</summary>
internal sealed class SignatureFormException(string message) : Exception(message);
