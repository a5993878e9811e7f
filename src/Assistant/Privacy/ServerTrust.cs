namespace PersonalAi.Assistant.Privacy;

/// <summary>What vouches for it that a host is the one that is meant.</summary>
internal abstract record ServerTrust
{
    private ServerTrust()
    {
    }

    /// <summary>The authorities that this system trusts, as for every page of the web.</summary>
    internal sealed record System : ServerTrust
    {
        public override string ToString() => "certificate of a public authority";
    }

    /// <summary>One certificate and no other, whoever signed it, whatever names stand in it, and whenever it ends.</summary>
    /// <param name="Sha256">SHA-256 of the certificate in DER: 64 lower-case hexadecimal digits.</param>
    internal sealed record Pinned(string Sha256) : ServerTrust
    {
        public override string ToString() => $"certificate {Sha256[..8]}…";
    }

    /// <summary>An authority of the user's own, and no other; the name in the certificate must be the host's.</summary>
    /// <param name="File">Its certificates, in PEM.</param>
    internal sealed record Authority(string File) : ServerTrust
    {
        public override string ToString() => $"authority in '{File}'";
    }
}
