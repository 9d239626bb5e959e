namespace DeviceHarness.Guest;

/// <summary>Something in the guest is not as it has to be.</summary>
/// <param name="message">What was wanted and what was found.</param>
internal sealed class CheckFailedException(string message) : Exception(message);
