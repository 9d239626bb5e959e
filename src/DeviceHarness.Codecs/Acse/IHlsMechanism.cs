using System.Buffers;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>How one side of an HLS association proves that it knows the secret, and checks the other's proof.</summary>
/// <remarks>Spec: IEC 62056-5-3, HLS authentication mechanisms.</remarks>
public interface IHlsMechanism
{
    /// <summary>The longest proof of any mechanism, in octets.</summary>
    const int MaximumProofOctets = 64;

    /// <summary>Which mechanism it is.</summary>
    AuthenticationMechanism Mechanism { get; }

    /// <summary>Makes the proof f(challenge).</summary>
    /// <param name="pass">The challenge and what else goes in.</param>
    /// <param name="target">Where the proof goes; <see cref="MaximumProofOctets"/> are enough.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="fault">Why not.</param>
    OperationStatus Prove(in HlsPass pass, Span<byte> target, out int writtenOctets, out SecurityFault fault);

    /// <summary>Checks the other side's proof, in a time that does not tell where it is wrong.</summary>
    /// <param name="pass">The challenge that this side sent, and what else went in.</param>
    /// <param name="proof">The proof received.</param>
    /// <param name="fault">Why it is refused.</param>
    bool TryCheck(in HlsPass pass, ReadOnlySpan<byte> proof, out SecurityFault fault);
}
