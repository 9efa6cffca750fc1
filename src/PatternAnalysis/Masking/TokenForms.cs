namespace PatternAnalysis.Masking;

/// <summary>What the tokens of a service look like: how they begin, and of what and how much the rest is at least.</summary>
internal readonly record struct TokenForm(string Prefix, char Alphabet, int Length);

/// <summary>
/// The forms of tokens that tell by themselves what they are. The prefixes are facts that the services publish; the list of gitleaks
/// (MIT licence) was read for them.
/// </summary>
internal static class TokenForms
{
    // One form a line: the prefix, the alphabet of the rest, its least length.
    // x: hexadecimal; n: letters and digits; u: capitals and digits; w: letters, digits, - and _; p: whatever an address may hold.
    // A capital in its place says that the prefix is short and counts only where a word begins; W wants a digit in the rest, too.
    private const string Table = """
        ghp_ n 16
        gho_ n 16
        ghu_ n 16
        ghs_ n 16
        ghr_ n 16
        github_pat_ w 16
        glpat- w 16
        glrt- w 16
        glptt- w 16
        gldt- w 16
        glcbt- w 16
        glft- w 16
        glimt- w 16
        glagent- w 20
        gloas- w 20
        glsoat- w 16
        glffct- w 16
        GR1348941 w 16
        sk-ant- w 16
        sk-proj- w 16
        sk-svcacct- w 16
        sk-admin- w 16
        sk-or-v1- w 16
        sk-lf- w 16
        pk-lf- w 16
        sk- W 16
        sk_live_ n 10
        sk_test_ n 10
        rk_live_ n 10
        rk_test_ n 10
        pk_live_ n 10
        pk_test_ n 10
        whsec_ n 16
        AKIA U 16
        ASIA U 16
        ABIA U 16
        ACCA U 16
        ABSK N 60
        LTAI N 16
        AIza w 30
        ya29. w 16
        GOCSPX- w 16
        xoxa- w 8
        xoxb- w 8
        xoxc- w 8
        xoxd- p 8
        xoxe- w 8
        xoxe.xoxb- w 8
        xoxe.xoxp- w 8
        xoxo- w 8
        xoxp- w 8
        xoxr- w 8
        xoxs- w 8
        xapp- w 8
        npm_ n 30
        pypi- w 30
        hf_ n 30
        api_org_ n 30
        oy2 N 43
        rubygems_ x 32
        CLOJARS_ n 40
        dckr_pat_ w 16
        dckr_oat_ w 16
        dop_v1_ x 32
        doo_v1_ x 32
        dor_v1_ x 32
        SG. p 32
        hvs. w 20
        hvb. w 20
        hvr. w 20
        atlasv1. w 40
        pscale_tkn_ w 20
        pscale_oauth_ w 20
        pscale_pw_ w 20
        PMAK- w 30
        pnu_ n 30
        pul- x 40
        rdme_ n 40
        shpat_ x 32
        shpca_ x 32
        shppa_ x 32
        shpss_ x 32
        shippo_live_ x 32
        shippo_test_ x 32
        sq0atp- w 20
        sq0csp- w 20
        EAAA N 40
        EAAC N 60
        EAAM N 60
        access_token$production$ n 16
        tfp_ w 30
        sntrys_ p 30
        sntryu_ x 40
        glsa_ w 30
        glc_ p 32
        eyJrIjoi p 40
        NRAK- n 20
        NRII- w 20
        NRJS- x 16
        NRAL- n 20
        dt0c01. p 40
        dt0s01. p 40
        ddp_ n 30
        dapi x 32
        dp.pt. n 30
        dp.st. p 30
        dp.ct. n 30
        dp.sa. n 30
        lin_api_ n 30
        lin_oauth_ n 30
        ntn_ n 30
        secret_ N 43
        figd_ w 30
        figu_ w 30
        ATATT3 p 60
        ATCTT3 p 60
        ATBB N 28
        AKCp N 60
        cmVmd N 50
        HRKU- w 30
        fo1_ w 30
        fm1r_ p 60
        fm1a_ p 60
        fm2_ p 60
        FlyV1 p 60
        duffel_live_ w 30
        duffel_test_ w 30
        EZAK N 50
        EZTK N 50
        FLWSECK_TEST- w 12
        FLWSECK- w 12
        fio-u- w 40
        ico- N 30
        pplx- n 30
        gsk_ n 40
        xai- w 60
        r8_ N 30
        nvapi- w 40
        tvly- w 20
        fc- X 32
        jina_ w 40
        xkeysib- w 40
        xsmtpsib- w 40
        API- U 26
        sgp_ w 40
        squ_ x 40
        sqp_ x 40
        sqa_ x 40
        tk-us- w 40
        sm_pat_ n 16
        sm_aat_ n 16
        sm_sat_ n 16
        ops_eyJ p 60
        A3- W 30
        sbp_ x 32
        sb_secret_ w 16
        sha256~ w 30
        AGE-SECRET-KEY- w 30
        AQVN W 35
        cfut_ w 30
        CFPAT- w 30
        vercel_blob_rw_ w 16
        nfp_ n 30
        rnd_ n 24
        tskey-auth- w 16
        tskey-api- w 16
        tskey-client- w 16
        tskey- w 24
        phx_ n 30
        phc_ n 30
        phs_ n 30
        rpa_ N 30
        wandb_v1_ w 30
        lsv2_pt_ w 30
        lsv2_sk_ w 30
        sl.B p 60
        sl.u. p 60
        EAAG N 60
        bkua_ x 30
        bkpt_ x 30
        CCIPAT_ w 30
        amzn1.oa2-cs-v1. w 30
        LS0tLS1CRUdJTiBQUklWQVRF p 40
        LS0tLS1CRUdJTiBSU0Eg p 40
        LS0tLS1CRUdJTiBFQyBQ p 40
        LS0tLS1CRUdJTiBPUEVOU1NI p 40
        LS0tLS1CRUdJTiBFTkNSWVBURUQg p 40
        hooks.slack.com/services/ p 4
        hooks.slack.com/workflows/ p 4
        hooks.slack.com/triggers/ p 4
        discord.com/api/webhooks/ p 8
        discordapp.com/api/webhooks/ p 8
        .webhook.office.com/webhookb2/ p 8
        outlook.office.com/webhook/ p 8
        hooks.zapier.com/hooks/ p 8
        api.telegram.org/bot p 20
        maker.ifttt.com/trigger/ p 8
        hook.integromat.com/ p 8
        hook.eu1.make.com/ p 8
        hook.eu2.make.com/ p 8
        hook.us1.make.com/ p 8
        hook.us2.make.com/ p 8
        hooks.chime.aws/incomingwebhooks/ p 8
        /open-apis/bot/v2/hook/ p 8
        events.pagerduty.com/integration/ p 8
        hc-ping.com/ p 8
        nosnch.in/ p 6
        webhook.site/ p 16
        api.netlify.com/build_hooks/ p 8
        /integrations/deploy/ p 8
        /webhooks/deploy_hooks/ p 8
        cronitor.link/ p 6
        /services/hooks/incoming-webhook p 8
        """;

    public static TokenForm[] All { get; } =
    [
        .. Table
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .Select(parts => new TokenForm(parts[0], parts[1][0], int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture))),
    ];
}
