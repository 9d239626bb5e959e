namespace DeviceHarness.Abstractions.Errors;

/// <summary>The base of everything that the harness reports as wrong with a device, a link, a bench or a file.</summary>
/// <remarks>A wrong argument is an <see cref="ArgumentException"/>; an impossible state is an
/// <see cref="System.Diagnostics.UnreachableException"/>. A refusal by the service (a DUIS response code) is a result, never an
/// exception.</remarks>
public abstract class HarnessException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault, such as <c>HDLC-003</c>.</param>
    /// <param name="message">What was being done, to which device, what happened, what to try.</param>
    /// <param name="isTransient">Whether the same act may succeed when it is repeated.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    protected HarnessException(string code, string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        IsTransient = isTransient;
    }

    /// <summary>The stable code of the fault, such as <c>HDLC-003</c>.</summary>
    public string Code { get; }

    /// <summary>Whether the same act may succeed when it is repeated.</summary>
    public bool IsTransient { get; }
}
