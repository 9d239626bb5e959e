namespace DeviceHarness.Abstractions.Errors;

/// <summary>The base of everything that the harness reports as wrong with a device, a link, a bench or a file.</summary>
/// <remarks>A wrong argument is an <see cref="ArgumentException"/>; an impossible state is an
/// <see cref="System.Diagnostics.UnreachableException"/>. A refusal by the service (a DUIS response code) is a result, never an exception.</remarks>
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

/// <summary>We asked for something that is illegal in the present state of the link or device.</summary>
public sealed class LocalProtocolException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    public LocalProtocolException(string code, string message, string state, string attempted)
        : base(code, $"{message} (state {state}, attempted {attempted})", isTransient: false)
    {
        State = state;
        Attempted = attempted;
    }

    /// <summary>The state that forbids the act.</summary>
    public string State { get; }

    /// <summary>The message or act that was attempted.</summary>
    public string Attempted { get; }
}

/// <summary>The device broke the protocol.</summary>
public sealed class RemoteProtocolException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was expected and what came.</param>
    /// <param name="octets">The octets that broke the protocol; secured APDUs stay ciphered.</param>
    /// <param name="fault">What the codec found, when a codec found it.</param>
    public RemoteProtocolException(string code, string message, ReadOnlyMemory<byte> octets, Codecs.CodecFault fault = default)
        : base(code, message, isTransient: true)
    {
        Octets = octets;
        Fault = fault;
    }

    /// <summary>The octets that broke the protocol.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>What the codec found; its kind is <c>None</c> when no codec was involved.</summary>
    public Codecs.CodecFault Fault { get; }
}

/// <summary>The device answered a legal "no".</summary>
public class DeviceRefusedException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was refused.</param>
    /// <param name="deviceCode">The device's own code, such as a DLMS data-access-result.</param>
    /// <param name="deviceCodeName">The standard's name of that code.</param>
    public DeviceRefusedException(string code, string message, int deviceCode, string deviceCodeName)
        : base(code, $"{message}: {deviceCodeName} ({deviceCode})", isTransient: false)
    {
        DeviceCode = deviceCode;
        DeviceCodeName = deviceCodeName;
    }

    /// <summary>The device's own code.</summary>
    public int DeviceCode { get; }

    /// <summary>The standard's name of <see cref="DeviceCode"/>.</summary>
    public string DeviceCodeName { get; }
}

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

/// <summary>A port is missing, busy or gone.</summary>
public sealed class TransportException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    public TransportException(string code, string message, string port, Exception? systemError = null)
        : base(code, message, isTransient: true, systemError) => Port = port;

    /// <summary>The port, as the rig file names it.</summary>
    public string Port { get; }
}

/// <summary>Nothing came in the time allowed.</summary>
public sealed class LinkTimeoutException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was being done, to which device.</param>
    /// <param name="waitedFor">The frame or message that did not come.</param>
    /// <param name="waited">How long all attempts waited together.</param>
    /// <param name="attempts">How often it was tried.</param>
    public LinkTimeoutException(string code, string message, string waitedFor, TimeSpan waited, int attempts)
        : base(code, $"{message}: no {waitedFor} in {waited.TotalMilliseconds:F0} ms, {attempts} attempts", isTransient: true)
    {
        WaitedFor = waitedFor;
        Waited = waited;
        Attempts = attempts;
    }

    /// <summary>The frame or message that did not come.</summary>
    public string WaitedFor { get; }

    /// <summary>How long all attempts waited together.</summary>
    public TimeSpan Waited { get; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; }
}

/// <summary>A rig, profile, virtual-device or pack file is wrong.</summary>
public sealed class ConfigurationException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; 0 when the whole file is meant.</param>
    /// <param name="column">The column, from 1; 0 when the whole line is meant.</param>
    /// <param name="key">The key's path, such as <c>cases[3].steps[0].expect</c>.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">What is allowed there.</param>
    public ConfigurationException(string code, string file, int line, int column, string key, string found, string allowed)
        : base(code, $"{file}:{line}:{column}: {key}: found {found}; allowed: {allowed}", isTransient: false)
    {
        File = file;
        Line = line;
        Column = column;
        Key = key;
        Found = found;
        Allowed = allowed;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 when the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 when the whole line is meant.</summary>
    public int Column { get; }

    /// <summary>The key's path.</summary>
    public string Key { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is allowed there.</summary>
    public string Allowed { get; }
}
