using System.Buffers;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>HLS whose verifier computes the same proof as the prover and compares.</summary>
/// <remarks>Spec: IEC 62056-5-3, HLS authentication mechanisms 2, 3, 4 and 6.</remarks>
public abstract class ComputedHls : IHlsMechanism
{
    private protected ComputedHls()
    {
    }

    /// <inheritdoc/>
    public abstract AuthenticationMechanism Mechanism { get; }

    /// <inheritdoc/>
    public OperationStatus Prove(in HlsPass pass, Span<byte> target, out int writtenOctets, out SecurityFault fault)
    {
        writtenOctets = 0;
        Span<byte> proof = stackalloc byte[IHlsMechanism.MaximumProofOctets];
        if (!TryCompute(pass, ref proof, out fault))
        {
            return OperationStatus.InvalidData;
        }

        if (!proof.TryCopyTo(target))
        {
            return OperationStatus.DestinationTooSmall;
        }

        writtenOctets = proof.Length;
        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    public bool TryCheck(in HlsPass pass, ReadOnlySpan<byte> proof, out SecurityFault fault)
    {
        Span<byte> expected = stackalloc byte[IHlsMechanism.MaximumProofOctets];
        if (!TryCompute(pass, ref expected, out fault))
        {
            return false;
        }

        bool isRight = CryptographicOperations.FixedTimeEquals(expected, proof);
        fault = isRight ? SecurityFault.None : new(SecurityFaultKind.ProofWrong);
        return isRight;
    }

    /// <summary>Computes the proof.</summary>
    /// <param name="pass">The challenge and what else goes in.</param>
    /// <param name="proof">Room for the longest proof; cut to the proof's length when done.</param>
    /// <param name="fault">Why not.</param>
    private protected abstract bool TryCompute(in HlsPass pass, scoped ref Span<byte> proof, out SecurityFault fault);
}
