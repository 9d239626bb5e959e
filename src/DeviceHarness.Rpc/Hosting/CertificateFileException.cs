namespace DeviceHarness.Rpc.Hosting;

/// <summary>A file with a certificate or a key cannot be used. The message names the file, what is wrong and what is wanted, and nothing of
/// its content.</summary>
public sealed class CertificateFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="message">What is wrong and what is wanted.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public CertificateFileException(string file, string message, Exception? innerException = null)
        : base(message, innerException) => File = file;

    /// <summary>The file.</summary>
    public string File { get; }
}
