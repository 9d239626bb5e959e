using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Store;

/// <summary>The store cannot be opened, read or written.</summary>
/// <remarks>Codes: STORE-001 the file or its folder is missing or not accessible; STORE-002 the file is damaged or not a store; STORE-003
/// the file was written by a
/// newer harness; STORE-004 a write breaks a rule of the data; STORE-005 the medium failed while the store was open.</remarks>
public sealed class StoreException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault, such as <c>STORE-001</c>.</param>
    /// <param name="message">What was being done, what happened, what to try.</param>
    /// <param name="location">The file or server.</param>
    /// <param name="isTransient">Whether the same act may succeed when it is repeated.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public StoreException(string code, string message, string location, bool isTransient = false, Exception? innerException = null)
        : base(code, message, isTransient, innerException) => Location = location;

    /// <summary>The file or server.</summary>
    public string Location { get; }
}
